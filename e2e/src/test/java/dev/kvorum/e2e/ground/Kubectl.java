package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** kubectl against one cluster. */
record Kubectl(Path kubeconfig) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    Shell.Result run(String... arguments) {
        return Shell.run(LIMIT, environment(), command(arguments));
    }

    void apply(String manifest) {
        try {
            Path file = Files.createTempFile("kvorum-e2e-", ".yaml");
            Files.writeString(file, manifest);
            run("apply", "-f", file.toString()).mustSucceed();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of("KUBECONFIG", kubeconfig.toString());
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }
}
