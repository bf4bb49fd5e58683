package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as a person would, with a limit in time. */
public final class Shell {

    /** What a command left behind. */
    public record Result(int code, String out, String err) {

        public String both() {
            return out + err;
        }

        public Result mustSucceed() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + "\n" + both());
            }
            return this;
        }
    }

    private Shell() {}

    public static Result run(Duration limit, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("kvorum-e2e-", ".out");
            Path err = Files.createTempFile("kvorum-e2e-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Result result = new Result(ended ? process.exitValue() : -1, text(out), text(err));
            Files.delete(out);
            Files.delete(err);
            if (!ended) {
                throw new AssertionError(
                        String.join(" ", command) + " took longer than " + limit + "\n" + result.both());
            }
            return result;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public static Result run(String... command) {
        return run(Duration.ofMinutes(1), Map.of(), List.of(command));
    }

    /** Whether the program is on the path. */
    public static boolean has(String program) {
        return run("sh", "-c", "command -v " + program).code() == 0;
    }

    static void signal(String name, long pid) {
        signal(name, List.of(pid));
    }

    /** Signals all of them in one breath: whoever ends with another ends at the same time. */
    static void signal(String name, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        run(command.toArray(String[]::new)).mustSucceed();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
