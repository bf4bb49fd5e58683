package dev.kvorum.charts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that tests ask. */
enum Tool {
    HELM("helm", "go install helm.sh/helm/v3/cmd/helm@v3.19.2"),
    KUBECTL("kubectl", "apt-get install kubernetes-client"),
    PROMTOOL("promtool", "apt-get install prometheus");

    private static final long PATIENCE_SECONDS = 60;

    private final String program;
    private final String remedy;

    Tool(String program, String remedy) {
        this.program = program;
        this.remedy = remedy;
    }

    /** Skips the calling test where the program is missing. */
    void assumeInstalled() {
        assumeTrue(isInstalled(), () -> program + " is not on the PATH (" + remedy + ")");
    }

    private boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Runs it to its end. */
    Said run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile("kvorum-" + program, ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within " + PATIENCE_SECONDS + " s");
                }
                return new Said(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How a program ended and what it wrote. */
    record Said(int code, String text) {

        String orFail() {
            if (code != 0) {
                throw new AssertionError("ended with " + code + ":\n" + text);
            }
            return text;
        }
    }
}
