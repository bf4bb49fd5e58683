package dev.kvorum.tidy;

import dev.kvorum.tidy.TreeFile.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a checkout that are committed, or would be: everything but what {@code .gitignore} keeps out. */
record Tree(List<TreeFile> files) {

    private static final Set<String> IGNORED_DIRECTORIES =
            Set.of(".git", "target", ".kvorum", ".idea", ".vscode", ".settings");
    private static final Set<String> IGNORED_FILES = Set.of(".git", ".classpath", ".project");

    Tree {
        files = files.stream().sorted(Comparator.comparing(TreeFile::path)).toList();
    }

    static Tree of(TreeFile... files) {
        return new Tree(List.of(files));
    }

    /** The checkout that this test runs in. */
    static Tree ofThisCheckout() {
        return read(root());
    }

    static Path root() {
        return Path.of(System.getProperty("kvorum.home", "..")).toAbsolutePath().normalize();
    }

    static Tree read(Path root) {
        List<TreeFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return IGNORED_DIRECTORIES.contains(nameOf(directory))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!isIgnored(nameOf(file))) {
                        files.add(readFile(root, file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Tree(files);
    }

    Stream<TreeFile> java() {
        return files.stream().filter(TreeFile::isJava);
    }

    Stream<TreeFile> markdown() {
        return files.stream().filter(TreeFile::isMarkdown);
    }

    Optional<TreeFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** Whether a file or a directory has this path. */
    boolean has(String path) {
        return path.isEmpty()
                || files.stream()
                        .map(TreeFile::path)
                        .anyMatch(existing -> existing.equals(path) || existing.startsWith(path + "/"));
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static boolean isIgnored(String name) {
        return IGNORED_FILES.contains(name) || name.endsWith(".iml") || name.startsWith("hs_err_pid");
    }

    private static TreeFile readFile(Path root, Path file) throws IOException {
        String path = root.relativize(file).toString().replace('\\', '/');
        Mode mode = Files.isExecutable(file) ? Mode.EXECUTABLE : Mode.PLAIN;
        return new TreeFile(path, decode(Files.readAllBytes(file)), mode);
    }

    private static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException notText) {
            return "";
        }
    }
}
