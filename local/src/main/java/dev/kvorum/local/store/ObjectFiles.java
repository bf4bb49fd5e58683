package dev.kvorum.local.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One JSON file per object: {@code resource/namespace/name.json}, with {@code -} for no namespace. Replaced
 * atomically, so a killed process leaves each object whole, the old or the new one.
 */
final class ObjectFiles {

    private static final String NO_NAMESPACE = "-";
    private static final String SUFFIX = ".json";

    private final Path directory;

    ObjectFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    SortedMap<ObjectKey, ObjectNode> load() throws IOException {
        SortedMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
        try (Stream<Path> walked = Files.walk(directory)) {
            List<Path> found =
                    walked.filter(file -> file.toString().endsWith(SUFFIX)).toList();
            for (Path file : found) {
                objects.put(keyOf(file), read(file));
            }
        }
        return objects;
    }

    void write(ObjectKey key, ObjectNode object) {
        Path file = fileOf(key);
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, Json.bytes(object));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save " + key + " in " + file, e);
        }
    }

    void delete(ObjectKey key) {
        try {
            Files.delete(fileOf(key));
        } catch (NoSuchFileException e) {
            // Already gone: somebody emptied the directory by hand, which is what was asked for.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the file of " + key, e);
        }
    }

    private Path fileOf(ObjectKey key) {
        String namespace = key.namespace().isEmpty() ? NO_NAMESPACE : key.namespace();
        return directory.resolve(key.resource()).resolve(namespace).resolve(escaped(key.name()) + SUFFIX);
    }

    private ObjectKey keyOf(Path file) {
        Path relative = directory.relativize(file);
        String namespace = relative.getName(1).toString();
        String name = relative.getFileName().toString();
        return new ObjectKey(
                relative.getName(0).toString(),
                namespace.equals(NO_NAMESPACE) ? "" : namespace,
                unescaped(name.substring(0, name.length() - SUFFIX.length())));
    }

    private static ObjectNode read(Path file) throws IOException {
        try {
            return Json.parseObject(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is not a saved object; delete it, or everything with ./kvorum down --purge", e);
        }
    }

    /** Names of roles may hold a colon and upper case, names never hold a percent sign. */
    private static String escaped(String name) {
        return name.replace(":", "%3A");
    }

    private static String unescaped(String name) {
        return name.replace("%3A", ":");
    }
}
