package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.door.Standing.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are not who they seem to be: refused with the reason, and nothing changes. */
class IdentityIT {

    @TempDir
    Path directory;

    @Test
    void aNodeOfAnotherClusterAtTheAddressOfOneIsTurnedAway() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory.resolve("ours"));
                LoopbackNodes others = new LoopbackNodes(directory.resolve("theirs"))) {
            founded(nodes, "ours");
            founded(others, "theirs");
            AuthorityState before = AuthorityIT.view(nodes, 0).state();
            nodes.stop(2);
            others.stop(2);
            try (Intruder intruder = new Intruder(nodes.config(2), others.volume(2), nodes.host(2))) {
                LoopbackNodes.awaitTrue("it is turned away", () -> foreign(nodes, 0) + foreign(nodes, 1) > 0);
                LoopbackNodes.awaitTrue("its own cluster takes it", () -> intruder.state() == State.READY);
                for (int key = 0; key < 30; key++) {
                    assertThat(Redis.call(nodes.host(key % 2), "SET", "calm" + key, "v"))
                            .isEqualTo("+OK\r\n");
                    assertThat(Redis.call(nodes.host(2), "GET", "calm" + key)).isEqualTo("$-1\r\n");
                }
            }
            assertThat(AuthorityIT.view(nodes, 0).state().nodes()).isEqualTo(before.nodes());
            assertThat(AuthorityIT.view(nodes, 0).state().epoch()).isEqualTo(before.epoch());
            nodes.startAgain(2);
            nodes.awaitLinked();
        }
    }

    private static long foreign(LoopbackNodes nodes, int node) {
        return nodes.server(node).process().readings().stream()
                .filter(reading -> reading.name().equals("greetings_refused_total"))
                .filter(reading -> "foreign_cluster".equals(reading.labelValue()))
                .mapToLong(Reading::value)
                .sum();
    }

    @Test
    void aCopyOfALivingNodesVolumeIsFencedWhereverItStarts() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            founded(nodes, "ours");
            NodeId id =
                    Objects.requireNonNull(nodes.server(2).process().identity()).id();
            nodes.stop(2);
            Path copy = directory.resolve("copy");
            copy(nodes.volume(2), copy);
            nodes.startAgain(2);
            nodes.awaitLinked();
            LoopbackNodes.awaitTrue("the second start is registered", () -> AuthorityIT.boot(nodes, 0, 2) == 2);
            AuthorityState before = AuthorityIT.view(nodes, 0).state();

            try (Intruder thief = new Intruder(nodes.config(2), copy, nodes.host(7))) {
                LoopbackNodes.awaitTrue("the copy is fenced", () -> thief.state() == State.FENCED);
                assertThat(thief.reason()).containsAnyOf("older copy", "another process has registered");
                nodes.awaitLinked();
            }
            assertThat(AuthorityIT.view(nodes, 0).state().node(id)).isEqualTo(before.node(id));
            assertThat(AuthorityIT.view(nodes, 0).state().epoch()).isEqualTo(before.epoch());
        }
    }

    private static void founded(LoopbackNodes nodes, String clusterId) throws Exception {
        nodes.foundAll(clusterId);
        for (int node = 0; node < 3; node++) {
            AuthorityIT.awaitRegistered(nodes, node);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** A process on a volume that is not its own, at an address of the cluster. */
    private static final class Intruder implements AutoCloseable {
        private final NodeServer server;

        Intruder(ServerConfig like, Path volume, String host) throws Exception {
            TreeMap<String, String> environment = new TreeMap<>(Map.of(
                    "KVORUM_NAME",
                    like.node().name(),
                    "KVORUM_ZONE",
                    like.node().zone(),
                    "KVORUM_DATA_DIR",
                    volume.toString(),
                    "KVORUM_BIND_HOST",
                    host,
                    "KVORUM_ADVERTISE_HOST",
                    host,
                    "KVORUM_BLOCK_CACHE_BYTES",
                    "16777216"));
            server = new NodeServer(ServerConfig.load(null, environment), () -> {});
            LoopbackNodes.await(server.start());
        }

        State state() {
            return server.process().standing().state();
        }

        String reason() {
            return String.valueOf(server.process().standing().reason());
        }

        @Override
        public void close() {
            server.stop().toCompletionStage().toCompletableFuture().join();
        }
    }
}
