package dev.kvorum.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The stand-in for a cluster on this machine, driven by the launcher alone. One for all tests of a run. */
final class Ground implements AutoCloseable {

    /** What the demo cluster's first address is, on every machine. */
    static final String FIRST_NODE = "127.1.1.1";

    private static final Duration UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static @Nullable Ground shared;

    private final Path home;
    private final String upOutput;
    private final Duration upTook;

    /** A process of the cluster as {@code ./kvorum status} shows it. */
    record Node(String name, long pid, String address) {}

    private Ground(Path home) {
        this.home = home;
        launcher("down", "--purge").mustSucceed();
        long beganNs = System.nanoTime();
        this.upOutput = Shell.run(UP_LIMIT, Map.of("NO_COLOR", "1"), command("up"))
                .mustSucceed()
                .both();
        this.upTook = Duration.ofNanos(System.nanoTime() - beganNs);
    }

    /** The ground of this run, started when it is first asked for and taken down when the JVM ends. */
    static synchronized Ground shared() {
        if (shared == null) {
            Ground started = new Ground(
                    Path.of(System.getProperty("kvorum.home")).toAbsolutePath().normalize());
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "ground-down"));
            shared = started;
        }
        return shared;
    }

    Path home() {
        return home;
    }

    String upOutput() {
        return upOutput;
    }

    Duration upTook() {
        return upTook;
    }

    Shell.Result launcher(String... arguments) {
        return Shell.run(COMMAND_LIMIT, Map.of("NO_COLOR", "1"), command(arguments));
    }

    Shell.Result kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(Arrays.asList(arguments));
        return Shell.run(
                COMMAND_LIMIT,
                Map.of("KUBECONFIG", home.resolve(".kvorum/kubeconfig").toString()),
                command);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("kvorum").toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** What {@code status} prints, whether or not everything is ready. */
    JsonNode status() {
        return json(launcher("status", "--output", "json").out());
    }

    /** The node processes of a cluster that run now, in order of name. */
    List<Node> nodes(String cluster) {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode process : status().get("processes")) {
            String name = process.get("name").asText();
            if (name.startsWith(cluster + "-zone-") && process.path("pid").asLong() > 0) {
                nodes.add(new Node(
                        name,
                        process.get("pid").asLong(),
                        process.get("address").asText()));
            }
        }
        nodes.sort(java.util.Comparator.comparing(Node::name));
        return nodes;
    }

    List<String> addresses(String cluster) {
        return nodes(cluster).stream().map(Node::address).toList();
    }

    /** Waits until the cluster reports Ready for what it is asked to be now. */
    void awaitReady(String cluster, Duration limit) {
        kubectl("wait", "--for=condition=Ready", "kvc/" + cluster, "--timeout=" + limit.toSeconds() + "s")
                .mustSucceed();
    }

    /**
     * Waits until another process runs in the place of this one, its pod is ready, and the cluster is: right after a
     * node ended, the cluster still reports what was true before.
     */
    Node awaitAnother(String cluster, Node former, Duration limit) {
        Node another = Awaitility.await()
                .atMost(limit)
                .pollInterval(LOOK_AGAIN)
                .until(() -> successor(former), Optional::isPresent)
                .orElseThrow();
        kubectl("wait", "--for=condition=Ready", "pod/" + former.name(), "--timeout=" + limit.toSeconds() + "s")
                .mustSucceed();
        awaitReady(cluster, limit);
        return another;
    }

    /**
     * The process that runs in the place of this one now, if any does. Looked up among the processes of this machine: a
     * launcher asked again and again would take from a starting node the processor that it needs.
     */
    Optional<Node> successor(Node former) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != former.pid() && isNamed(process, former.name()))
                .findFirst()
                .map(process -> new Node(former.name(), process.pid(), former.address()));
    }

    private boolean isNamed(ProcessHandle process, String name) {
        String line = process.info().commandLine().orElse("");
        return line.contains(" -Dkvorum.local.home=" + home.resolve(".kvorum") + " ")
                && line.contains(" -Dkvorum.local.name=" + name + " ");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }

    @Override
    public void close() {
        launcher("down", "--purge");
    }
}
