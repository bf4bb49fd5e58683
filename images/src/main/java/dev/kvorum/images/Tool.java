package dev.kvorum.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the machine that the build runs. Blocks until they end. */
final class Tool {

    private Tool() {}

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * What a program prints, errors included.
     *
     * @throws BuildFailedException with its last line, when it fails
     */
    static String run(Path directory, List<String> command)
            throws BuildFailedException, IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            String last = output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
            throw new BuildFailedException(String.join(" ", command.subList(0, 2)) + " failed: " + last);
        }
        return output;
    }
}
