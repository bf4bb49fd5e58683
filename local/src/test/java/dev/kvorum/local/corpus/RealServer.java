package dev.kvorum.local.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The API server that {@code KVORUM_E2E_KUBECONFIG} names, with this checkout's definition, made reachable without
 * keys by {@code kubectl proxy}.
 */
final class RealServer implements AutoCloseable {

    static final String KUBECONFIG = "KVORUM_E2E_KUBECONFIG";
    private static final String DEFINITION = "../crds/src/main/resources/crds/kvclusters.kvorum.dev.yaml";

    private final Process proxy;
    private final String url;

    RealServer() throws IOException, InterruptedException {
        run("apply", "--server-side", "--force-conflicts", "-f", DEFINITION);
        run("wait", "--for=condition=Established", "crd/kvclusters.kvorum.dev", "--timeout=30s");
        proxy = kubectl("proxy", "--port=0").redirectErrorStream(true).start();
        BufferedReader said = proxy.inputReader(UTF_8);
        String line = String.valueOf(said.readLine());
        url = "http://" + line.substring(line.lastIndexOf(' ') + 1);
    }

    String url() {
        return url;
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile("kubectl-", ".out");
        Process process = kubectl(arguments)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("kubectl " + String.join(" ", arguments) + " failed: " + Files.readString(said));
        }
        Files.delete(said);
    }

    private static ProcessBuilder kubectl(String... arguments) {
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("KUBECONFIG", System.getenv(KUBECONFIG));
        return builder;
    }

    @Override
    public void close() {
        proxy.destroy();
    }
}
