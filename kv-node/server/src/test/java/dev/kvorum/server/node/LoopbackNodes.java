package dev.kvorum.server.node;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.Standing;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Whole nodes with real sockets and real stores, in this JVM, on loopback addresses of their own. */
final class LoopbackNodes implements AutoCloseable {

    private static final AtomicInteger NETWORKS = new AtomicInteger(1);
    private static final int WAIT_SECONDS = 30;

    private final Path directory;
    private final Map<String, String> variables;
    private final int network = NETWORKS.getAndIncrement();
    private final List<NodeServer> servers = new ArrayList<>();

    /** Nodes that ended themselves, and that nobody has waited for. */
    private final Set<Integer> ended = new ConcurrentSkipListSet<>();

    LoopbackNodes(Path directory) throws Exception {
        this(directory, Map.of());
    }

    /**
     * @param variables set on every node beside what it needs
     */
    LoopbackNodes(Path directory, Map<String, String> variables) throws Exception {
        this(directory, variables, 3);
    }

    LoopbackNodes(Path directory, Map<String, String> variables, int count) throws Exception {
        this.directory = directory;
        this.variables = variables;
        for (int node = 0; node < count; node++) {
            servers.add(start(node));
        }
    }

    String host(int node) {
        return "127.66." + network + "." + (node + 1);
    }

    ServerConfig config(int node) {
        TreeMap<String, String> environment = new TreeMap<>(variables);
        environment.put("KVORUM_NAME", "node-" + node);
        environment.put("KVORUM_ZONE", "zone-" + node % 3);
        environment.put("KVORUM_DATA_DIR", volume(node).toString());
        environment.put("KVORUM_BIND_HOST", host(node));
        environment.put("KVORUM_ADVERTISE_HOST", host(node));
        environment.put("KVORUM_BLOCK_CACHE_BYTES", "16777216");
        return ServerConfig.load(null, environment);
    }

    private NodeServer start(int node) throws Exception {
        NodeServer server = new NodeServer(config(node), () -> ended.add(node));
        await(server.start());
        return server;
    }

    /** Where a node keeps its volume. */
    Path volume(int node) {
        return directory.resolve("node-" + node);
    }

    /** Waits until a node has ended itself, and starts it again as Kubernetes does. */
    void awaitEndAndRestart(int node) throws Exception {
        awaitTrue("node " + node + " ends itself", () -> ended.remove(node));
        restart(node);
    }

    /** Until the node shows this state. */
    void awaitState(int node, Standing.State state) {
        awaitTrue(
                "node " + node + " is " + state,
                () -> server(node).process().standing().state() == state);
    }

    static void awaitTrue(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("after " + WAIT_SECONDS + " s it is not so that " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    void restart(int node) throws Exception {
        await(servers.get(node).stop());
        servers.set(node, start(node));
    }

    void stop(int node) throws Exception {
        await(servers.get(node).stop());
    }

    /** The node's part of the authority falls silent, and nothing else. */
    void endAuthority(int node) throws Exception {
        NodeProcess process = servers.get(node).process();
        await(Contexts.on(process.controlContext(), process.belonging()::close));
    }

    /** A stopped node begins again. */
    void startAgain(int node) throws Exception {
        servers.set(node, start(node));
    }

    NodeServer server(int node) {
        return servers.get(node);
    }

    Bootstrap document(String clusterId) {
        List<RingNode> nodes = new ArrayList<>();
        List<NodeId> voters = new ArrayList<>();
        for (int node = 0; node < servers.size(); node++) {
            NodeId id = Objects.requireNonNull(servers.get(node).process().identity())
                    .id();
            voters.add(id);
            nodes.add(new RingNode(
                    id, "node-" + node, "zone-" + node % 3, 1, host(node), new Ports(8080, 6379, 7600, 7601, 9600)));
        }
        return new Bootstrap(
                clusterId,
                1,
                64,
                3,
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                nodes,
                voters,
                List.of(BucketSettings.named("default")));
    }

    ClusterControl.Founding found(int node, Bootstrap document) throws Exception {
        return await(servers.get(node).process().found(document));
    }

    void foundAll() throws Exception {
        foundAll("it");
    }

    void foundAll(String clusterId) throws Exception {
        Bootstrap document = document(clusterId);
        for (int node = 0; node < servers.size(); node++) {
            found(node, document);
        }
        awaitLinked();
    }

    /** Waits until every node reckons with both others, so that a quorum is there for the first request. */
    void awaitLinked() throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        for (int node = 0; node < servers.size(); node++) {
            while (!answers(node)) {
                if (System.nanoTime() > deadlineNs) {
                    throw new AssertionError("node " + node + " has no quorum after " + WAIT_SECONDS + " s");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** Waits until all have warmed up, and the first replica of each shard is its home everywhere. */
    void awaitFirstHomes() {
        awaitTrue(
                "all nodes are steady and the first replicas home",
                () -> servers.stream()
                        .map(NodeServer::process)
                        .allMatch(node -> node.loops().stream().allMatch(Loop::isSteady) && knowsFirstHomes(node)));
    }

    private static boolean knowsFirstHomes(NodeProcess node) {
        return Objects.requireNonNull(node.founded()).ring().entries().stream()
                .allMatch(entry ->
                        node.home(entry.shard()).equals(entry.replicas().getFirst()));
    }

    private boolean answers(int node) throws IOException {
        if (servers.get(node).process().standing().state() != Standing.State.READY) {
            return false;
        }
        for (int key = 0; key < 12; key++) {
            if (!Redis.call(host(node), "GET", "linked-" + key).startsWith("$")) {
                return false;
            }
        }
        return true;
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        for (NodeServer server : servers) {
            server.stop()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        if (!ended.isEmpty()) {
            throw new AssertionError("nodes ended themselves: " + ended);
        }
    }
}
