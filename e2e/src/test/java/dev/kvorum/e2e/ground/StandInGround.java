package dev.kvorum.e2e.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * The stand-in for a cluster on this machine, driven by the launcher alone: pods are processes, each zone is one
 * host.
 */
public final class StandInGround implements Ground {

    /** What the demo cluster's first address is, on every machine. */
    public static final String FIRST_NODE = "127.1.1.1";

    private static final Duration UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final String upOutput;
    private final Duration upTook;

    StandInGround(Path home) {
        this.home = home;
        launcher("down", "--purge").mustSucceed();
        long beganNs = System.nanoTime();
        this.upOutput = Shell.run(UP_LIMIT, Map.of("NO_COLOR", "1"), command("up"))
                .mustSucceed()
                .both();
        this.upTook = Duration.ofNanos(System.nanoTime() - beganNs);
    }

    @Override
    public Path home() {
        return home;
    }

    public String upOutput() {
        return upOutput;
    }

    public Duration upTook() {
        return upTook;
    }

    public Shell.Result launcher(String... arguments) {
        return Shell.run(COMMAND_LIMIT, Map.of("NO_COLOR", "1"), command(arguments));
    }

    @Override
    public Shell.Result kubectl(String... arguments) {
        return new Kubectl(home.resolve(".kvorum/kubeconfig")).run(arguments);
    }

    @Override
    public String example(String cluster, int replicas) {
        return Example.THREE_ZONES.manifest(home, cluster, replicas);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("kvorum").toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** What {@code status} prints of each process, ready or not; a busy stand-in is asked again. */
    private JsonNode processes() {
        return Awaitility.await("status tells of the processes")
                .atMost(Duration.ofSeconds(30))
                .until(() -> status().get("processes"), Objects::nonNull);
    }

    private JsonNode status() {
        return Ground.json(launcher("status", "--output", "json").out());
    }

    @Override
    public List<Node> nodes(String cluster) {
        List<Node> nodes = new ArrayList<>();
        for (JsonNode process : processes()) {
            String name = process.get("name").asText();
            if (name.startsWith(cluster + "-zone-") && process.path("pid").asLong() > 0) {
                nodes.add(new Node(
                        name,
                        process.get("pid").asText(),
                        process.get("address").asText()));
            }
        }
        nodes.sort(Comparator.comparing(Node::name));
        return nodes;
    }

    /**
     * Looked up among the processes of this machine: a launcher asked again and again would take from a starting node
     * the processor that it needs.
     */
    @Override
    public Optional<Node> successor(Node former) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != pid(former) && isNamed(process, former.name()))
                .findFirst()
                .map(process -> new Node(former.name(), Long.toString(process.pid()), former.address()));
    }

    private boolean isNamed(ProcessHandle process, String name) {
        String line = process.info().commandLine().orElse("");
        return line.contains(" -Dkvorum.local.home=" + home.resolve(".kvorum") + " ")
                && line.contains(" -Dkvorum.local.name=" + name + " ");
    }

    @Override
    public long startedMs(Node node) {
        return ProcessHandle.of(pid(node))
                .flatMap(handle -> handle.info().startInstant())
                .orElseThrow()
                .toEpochMilli();
    }

    @Override
    public void kill(List<Node> nodes) {
        Shell.signal("KILL", nodes.stream().map(StandInGround::pid).toList());
    }

    @Override
    public void askToEnd(Node node) {
        Shell.signal("TERM", pid(node));
    }

    @Override
    public void freeze(Node node) {
        Shell.signal("STOP", pid(node));
    }

    @Override
    public void thaw(Node node) {
        Shell.signal("CONT", pid(node));
    }

    @Override
    public void takeAway(String zone) {
        kubectl("cordon", zone).mustSucceed();
        List<Long> there = new ArrayList<>();
        for (JsonNode process : processes()) {
            if (process.get("name").asText().contains("-" + zone + "-")
                    && process.path("pid").asLong() > 0) {
                there.add(process.get("pid").asLong());
            }
        }
        Shell.signal("KILL", there);
    }

    @Override
    public void bringBack(String zone) {
        kubectl("uncordon", zone).mustSucceed();
    }

    @Override
    public String operator() {
        for (JsonNode process : processes()) {
            if (process.get("name").asText().contains("operator")
                    && process.path("pid").asLong() > 0) {
                return process.path("pid").asText();
            }
        }
        return "";
    }

    @Override
    public void killOperator() {
        Shell.signal("KILL", Long.parseLong(operator()));
    }

    private static long pid(Node node) {
        return Long.parseLong(node.process());
    }

    @Override
    public void close() {
        launcher("down", "--purge");
    }
}
