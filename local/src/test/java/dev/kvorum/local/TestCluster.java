package dev.kvorum.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.kubelet.Children;
import dev.kvorum.local.kubelet.Programs;
import dev.kvorum.local.launch.StandIn;
import dev.kvorum.local.objects.Objects;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stand-in in this JVM on a free port, with {@link FakeNode} as the node program, and kubectl to talk to it. */
final class TestCluster implements AutoCloseable {

    /** What a program said and how it ended. */
    record Said(int code, String out, String err) {}

    private final Path state;
    private final StandIn standIn;
    private final String url;

    TestCluster(Path state) throws IOException {
        this.state = state;
        ApiServer server = new ApiServer(0);
        List<String> node = List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                FakeNode.class.getName());
        url = server.url();
        standIn = StandIn.start(server, state, new Programs(Map.of("kvorum/kv-node", node)));
        Files.writeString(state.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: t
                clusters: [{name: t, cluster: {server: "%s"}}]
                contexts: [{name: t, context: {cluster: t, user: t}}]
                users: [{name: t, user: {}}]
                """.formatted(url));
    }

    static boolean hasKubectl() {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    Objects objects() {
        return standIn.objects();
    }

    String url() {
        return url;
    }

    Children children() {
        return new Children(state);
    }

    /** Runs kubectl and expects success. */
    String kubectl(String... arguments) {
        Said said = kubectlWith(null, arguments);
        if (said.code() != 0) {
            throw new AssertionError(
                    "kubectl " + List.of(arguments) + " ended with " + said.code() + ": " + said.err());
        }
        return said.out();
    }

    /** Runs kubectl and expects failure; answers what it said on stderr. */
    String kubectlFails(String... arguments) {
        Said said = kubectlWith(null, arguments);
        if (said.code() == 0) {
            throw new AssertionError("kubectl " + List.of(arguments) + " should have failed: " + said.out());
        }
        return said.err();
    }

    /** Applies YAML and expects success. */
    String apply(String yaml, String... options) {
        Said said = tryApply(yaml, options);
        if (said.code() != 0) {
            throw new AssertionError("kubectl apply ended with " + said.code() + ": " + said.err());
        }
        return said.out();
    }

    Said tryApply(String yaml, String... options) {
        List<String> arguments = new ArrayList<>(List.of("apply", "-f", "-"));
        arguments.addAll(List.of(options));
        return kubectlWith(yaml, arguments.toArray(String[]::new));
    }

    Process startKubectl(Path output, String... arguments) throws IOException {
        return builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private Said kubectlWith(@Nullable String input, String... arguments) {
        try {
            Path out = Files.createTempFile(state, "out", "");
            Path err = Files.createTempFile(state, "err", "");
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write((input == null ? "" : input).getBytes(UTF_8));
            }
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl " + List.of(arguments) + " did not end within 30 s");
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("KUBECONFIG", state.resolve("kubeconfig").toString());
        builder.environment().put("KUBECACHEDIR", state.resolve("kubectl").toString());
        return builder;
    }

    @Override
    public void close() {
        standIn.close();
    }
}
