package dev.kvorum.local.corpus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a file of cases. A line at the margin is a case: assignments separated by {@code "; "}, for a change those of
 * the object before, {@code "->"}, and those of the change. Indented lines below it are the answers. {@code #} at the
 * margin is a comment.
 */
final class Corpus {

    static final Path FOLDER = Path.of("../crds/src/test/resources/corpus");
    static final String INDENT = "    ";
    private static final String ARROW = "->";
    private static final String GOOD = """
            apiVersion: kvorum.dev/v1alpha1
            kind: KVCluster
            metadata: {name: demo}
            spec:
              replicas: 3
              zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
            """;

    private Corpus() {}

    /** The files, by name. */
    static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> all() {
        return files().stream().flatMap(file -> read(file).stream()).toList();
    }

    static List<Case> read(Path file) {
        List<Case> cases = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith(INDENT)) {
                cases.getLast().answers().add(line.strip());
            } else if (isRow(line)) {
                cases.add(parse(line));
            }
        }
        return cases;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isRow(String line) {
        return !line.isBlank() && !line.startsWith("#") && !line.startsWith(INDENT);
    }

    static Case parse(String row) {
        int arrow = (" " + row).indexOf(" " + ARROW + " ");
        ObjectNode before = Json.parseObject(GOOD);
        if (arrow < 0) {
            Assignment.applyAll(row, before);
            return new Case(row, before, null, new ArrayList<>());
        }
        Assignment.applyAll(row.substring(0, arrow), before);
        ObjectNode after = before.deepCopy();
        Assignment.applyAll(row.substring(arrow + ARROW.length()), after);
        return new Case(row, before, after, new ArrayList<>());
    }
}
