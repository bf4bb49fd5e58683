package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.Standing.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose volume is not the one they had: told by the others, and taken back on a new one as pending. */
class VolumesIT {

    private static final int LOST = 2;

    @TempDir
    Path directory;

    @Test
    void aWipedVolumeComesBackAsANewOneUnderTheOldId() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            Bootstrap document = founded(nodes);
            NodeId former = id(nodes, LOST);
            write(nodes, 0, "before");

            nodes.stop(LOST);
            delete(nodes.volume(LOST));
            nodes.startAgain(LOST);
            assertThat(nodes.server(LOST).process().standing().state()).isEqualTo(State.EMPTY);
            assertThat(id(nodes, LOST)).isNotEqualTo(former);
            assertThat(nodes.found(LOST, document)).isInstanceOf(Founding.Accepted.class);
            nodes.awaitEndAndRestart(LOST);

            awaitPending(nodes, former);
            assertThat(id(nodes, LOST)).isEqualTo(former);
            assertOthersGoOnAndItTakesWrites(nodes);
        }
    }

    @Test
    void aDamagedVolumeIsSetAsideAndComesBackAsANewOne() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            Bootstrap document = founded(nodes);
            NodeId former = id(nodes, LOST);
            String volume = volumeId(nodes, LOST);
            write(nodes, 0, "before");

            nodes.stop(LOST);
            damage(nodes.volume(LOST));
            nodes.startAgain(LOST);
            assertThat(volumeId(nodes, LOST)).isNotEqualTo(volume);
            assertThat(id(nodes, LOST)).isEqualTo(former);
            nodes.found(LOST, document);

            awaitPending(nodes, former);
            assertOthersGoOnAndItTakesWrites(nodes);
        }
    }

    @Test
    void anOlderCopyIsToldByWhatTheOthersHaveSeen() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            Bootstrap document = founded(nodes);
            NodeId former = id(nodes, LOST);
            nodes.stop(LOST);
            Path copy = directory.resolve("copy");
            copy(nodes.volume(LOST), copy);
            nodes.startAgain(LOST);
            nodes.awaitLinked();
            write(nodes, LOST, "after the copy");

            nodes.stop(LOST);
            delete(nodes.volume(LOST));
            copy(copy, nodes.volume(LOST));
            nodes.startAgain(LOST);
            nodes.awaitEndAndRestart(LOST);
            nodes.found(LOST, document);

            awaitPending(nodes, former);
            assertOthersGoOnAndItTakesWrites(nodes);
        }
    }

    private static Bootstrap founded(LoopbackNodes nodes) throws Exception {
        nodes.foundAll();
        for (int node = 0; node < 3; node++) {
            AuthorityIT.awaitRegistered(nodes, node);
        }
        return nodes.document("it");
    }

    private static void write(LoopbackNodes nodes, int door, String prefix) throws IOException {
        for (int key = 0; key < 60; key++) {
            assertThat(Redis.call(nodes.host(door), "SET", prefix + key, "v" + key))
                    .isEqualTo("+OK\r\n");
        }
    }

    /** Every row of the node is incomplete and settled again, and nothing else is. */
    private static void awaitPending(LoopbackNodes nodes, NodeId node) {
        for (int seer = 0; seer < 3; seer++) {
            int at = seer;
            LoopbackNodes.awaitTrue("node " + seer + " knows it as pending", () -> isPending(nodes, at, node));
        }
        for (var shard : AuthorityIT.view(nodes, 0).state().shards()) {
            assertThat(shard.incomplete()).containsExactly(node);
            assertThat(shard.epoch()).isGreaterThan(1);
        }
    }

    private static boolean isPending(LoopbackNodes nodes, int seer, NodeId node) {
        AuthorityState state = AuthorityIT.view(nodes, seer).state();
        NodeEntry entry = state.node(node);
        return entry != null && entry.state() == NodeState.PENDING;
    }

    private static void assertOthersGoOnAndItTakesWrites(LoopbackNodes nodes) throws Exception {
        nodes.awaitLinked();
        for (int door = 0; door < 3; door++) {
            write(nodes, door, "while pending " + door);
        }
        for (int key = 0; key < 60; key++) {
            assertThat(Redis.call(nodes.host(key % 3), "GET", "while pending 0" + key))
                    .contains("v" + key);
        }
        for (int shard = 0; shard < 64; shard++) {
            assertThat(nodes.server(0).process().home(shard)).isNotEqualTo(id(nodes, LOST));
        }
    }

    private static NodeId id(LoopbackNodes nodes, int node) {
        return Objects.requireNonNull(nodes.server(node).process().identity()).id();
    }

    private static String volumeId(LoopbackNodes nodes, int node) {
        return Objects.requireNonNull(nodes.server(node).process().identity()).volumeId();
    }

    private static void damage(Path volume) throws IOException {
        try (Stream<Path> files = Files.walk(volume)) {
            Path commit = files.filter(file -> file.getFileName().toString().equals("commit"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(commit);
            bytes[20] ^= 1;
            Files.write(commit, bytes);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
