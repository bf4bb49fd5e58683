package dev.kvorum.local.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prints log files: one process's whole, or the end of each. */
final class Logs {

    private static final int LINES_OF_EACH = 20;
    private static final String SUFFIX = ".log";

    private Logs() {}

    static int print(Home home, String name) throws FailedException, IOException {
        Path directory = home.layout().logs();
        if (!Files.isDirectory(directory)) {
            throw new FailedException("no logs yet: ./kvorum up");
        }
        if (name.isEmpty()) {
            for (String each : names(directory)) {
                System.out.println("==> " + each + " (./kvorum logs " + each + " shows all of it)");
                List<String> lines = lines(directory.resolve(each + SUFFIX));
                lines.subList(Math.max(0, lines.size() - LINES_OF_EACH), lines.size())
                        .forEach(System.out::println);
                System.out.println();
            }
            return 0;
        }
        Path file = directory.resolve(name + SUFFIX);
        if (!names(directory).contains(name)) {
            throw new FailedException(
                    "no process is named " + name + "; there are logs of " + String.join(", ", names(directory)));
        }
        lines(file).forEach(System.out::println);
        return 0;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.endsWith(".previous" + SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
