package dev.kvorum.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that becomes a layer: what stands in it at {@code opt/x} stands in the image at {@code /opt/x}.
 *
 * @param root the directory
 */
record Tree(Path root) {

    /** An empty tree, whatever was there before. */
    static Tree fresh(Path root) throws IOException {
        remove(root);
        return new Tree(Files.createDirectories(root));
    }

    /** A directory with all that is in it, if it is there. */
    static void remove(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> old = Files.walk(root)) {
                old.sorted(Comparator.reverseOrder()).forEach(Tree::delete);
            }
        }
    }

    /** The file here that stands at a path of the image. */
    Path at(String pathInImage) {
        return root.resolve(pathInImage.substring(1));
    }

    Path directory(String pathInImage) throws IOException {
        return Files.createDirectories(at(pathInImage));
    }

    void copy(Path from, String pathInImage) throws IOException {
        Files.createDirectories(at(pathInImage).getParent());
        Files.copy(from, at(pathInImage), StandardCopyOption.REPLACE_EXISTING);
    }

    void write(String pathInImage, String text) throws IOException {
        Files.createDirectories(at(pathInImage).getParent());
        Files.writeString(at(pathInImage), text);
    }

    /** Files directly in a directory, in the order of their names; none if it is not there. */
    static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
