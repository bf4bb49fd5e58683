package dev.kvorum.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A program as its build left it: its own jar, and what stands beside it.
 *
 * @param jar the program's own
 * @param needed other files, by their paths relative to it: first the jars, in the order of the class path
 * @param version as the manifest says
 */
record ProgramFiles(Path jar, List<String> needed, String version) {

    /** Where an image keeps the native libraries that its jars carry. */
    static final String NATIVE = "native";

    /** The time of every file in an image: a class archive is refused when those of the jars have changed. */
    static final Instant TIME = Instant.ofEpochSecond(1);

    private static final LocalDateTime TIME_IN_JARS = LocalDateTime.of(1980, 1, 1, 0, 0);

    static ProgramFiles find(Program program, Path checkout) throws BuildFailedException, IOException {
        List<Path> found = Tree.list(checkout.resolve(program.builtIn())).stream()
                .filter(file -> file.getFileName().toString().matches(program.jarPattern()))
                .toList();
        if (found.isEmpty()) {
            throw new BuildFailedException("the " + program.programName() + " is not built (" + program.builtIn()
                    + " has no jar): mvn package");
        }
        try (JarFile jar = new JarFile(found.getLast().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            List<String> needed = new ArrayList<>(
                    List.of(manifest.getValue(Attributes.Name.CLASS_PATH).split(" +")));
            needed.addAll(program.readsBesideJars());
            return new ProgramFiles(found.getLast(), needed, manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        }
    }

    List<Path> all() {
        List<Path> files = new ArrayList<>(List.of(jar));
        needed.forEach(path -> files.add(jar.resolveSibling(path)));
        return files;
    }

    /** All jars, in the order of the class path. */
    List<Path> jars() {
        return all().stream().filter(ProgramFiles::isJar).toList();
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    /** The program's own jar inside an image. */
    String jarIn(String home) {
        return home + "/" + jar.getFileName();
    }

    /** Copies the jars; native libraries leave theirs, and this machine's are put where the JVM looks for them. */
    void into(Tree layer, String home, Machine machine) throws IOException {
        Path libraries = layer.directory(home + "/" + NATIVE);
        copy(jar, layer.at(jarIn(home)), libraries, machine);
        for (String path : needed) {
            layer.directory(home + "/" + Path.of(path).getParent());
            copy(jar.resolveSibling(path), layer.at(home + "/" + path), libraries, machine);
        }
    }

    private static void copy(Path from, Path to, Path libraries, Machine machine) throws IOException {
        if (from.endsWith(RecordedKeys.JAR)) {
            RecordedKeys.renumber(from, to);
        } else if (isJar(from) && hasNativeLibraries(from)) {
            split(from, to, libraries, machine);
        } else {
            Files.copy(from, to);
        }
        Files.setLastModifiedTime(to, FileTime.from(TIME));
    }

    private static boolean hasNativeLibraries(Path jar) throws IOException {
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            return entries.stream().anyMatch(ProgramFiles::isNativeLibrary);
        }
    }

    private static boolean isNativeLibrary(ZipEntry entry) {
        return entry.getName().matches(".*[.](so|dll|jnilib|dylib)");
    }

    private static void split(Path from, Path to, Path libraries, Machine machine) throws IOException {
        try (ZipFile source = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream target = new ZipOutputStream(file)) {
            for (ZipEntry entry : source.stream().toList()) {
                try (InputStream content = source.getInputStream(entry)) {
                    if (!isNativeLibrary(entry)) {
                        target.putNextEntry(timeless(entry));
                        content.transferTo(target);
                    } else if (machine.runs(entry.getName())) {
                        Path name = Path.of(entry.getName()).getFileName();
                        Files.copy(content, libraries.resolve(name));
                    }
                }
            }
        }
    }

    /** An entry of that name, of the one time that all have. */
    static ZipEntry timeless(ZipEntry entry) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(TIME_IN_JARS);
        return copy;
    }
}
