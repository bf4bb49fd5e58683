package dev.kvorum.e2e.ground;

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

    Map<String, String> environment() {
        return Map.of("KUBECONFIG", kubeconfig.toString());
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }
}
