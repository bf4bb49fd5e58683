package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.Standing;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeServerIT {

    @TempDir
    Path directory;

    @Test
    void whatOneNodeTookEveryNodeShows() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            for (int writer = 0; writer < 3; writer++) {
                for (int key = 0; key < 20; key++) {
                    assertThat(Redis.call(nodes.host(writer), "SET", "k" + key, "v" + writer + key))
                            .isEqualTo("+OK\r\n");
                    for (int reader = 0; reader < 3; reader++) {
                        assertThat(Redis.call(nodes.host(reader), "GET", "k" + key))
                                .contains("v" + writer + key);
                    }
                }
            }
        }
    }

    @Test
    void twoNodesOfThreeGoOnAndTheThirdCatchesUpByReads() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            nodes.stop(2);
            for (int key = 0; key < 30; key++) {
                assertThat(Redis.call(nodes.host(key % 2), "SET", "away" + key, "v" + key))
                        .isEqualTo("+OK\r\n");
            }
            nodes.restart(2);
            nodes.awaitLinked();
            for (int key = 0; key < 30; key++) {
                assertThat(Redis.call(nodes.host(2), "GET", "away" + key)).contains("v" + key);
            }
        }
    }

    @Test
    void aWholeClusterStoppedAndStartedHasItsData() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            assertThat(Redis.call(nodes.host(0), "SET", "kept", "value")).isEqualTo("+OK\r\n");
            for (int node = 0; node < 3; node++) {
                nodes.restart(node);
            }
            nodes.awaitLinked();
            assertThat(Redis.call(nodes.host(1), "GET", "kept")).contains("value");
        }
    }

    @Test
    void beforeItsFoundingANodeRefusesAndSaysWhatItWaitsFor() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            assertThat(Redis.call(nodes.host(0), "SET", "k", "v")).startsWith("-LOADING");
            Standing standing = nodes.server(0).process().standing();
            assertThat(standing.state()).isEqualTo(Standing.State.EMPTY);
            assertThat(standing.reason()).contains("bootstrap document");
        }
    }

    @Test
    void aSecondDocumentIsAConflictAndTheSameOneIsNot() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            assertThat(nodes.found(0, nodes.document("one"))).isInstanceOf(Founding.Accepted.class);
            assertThat(nodes.found(0, nodes.document("one"))).isInstanceOf(Founding.Accepted.class);
            assertThat(nodes.found(0, withShards(128, nodes.document("one"))))
                    .isInstanceOfSatisfying(
                            Founding.Conflict.class,
                            conflict -> assertThat(conflict.detail()).endsWith("shards is 128, accepted was 64"));
            assertThat(nodes.found(0, nodes.document("two")))
                    .isInstanceOfSatisfying(
                            Founding.Conflict.class,
                            conflict -> assertThat(conflict.detail()).contains("one", "two"));
        }
    }

    @Test
    void aDirectoryOfAnotherNodeRefusesTheStartAndNamesBoth() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.stop(0);
            TreeMap<String, String> environment = new TreeMap<>();
            environment.put("KVORUM_NAME", "stranger");
            environment.put("KVORUM_DATA_DIR", directory.resolve("node-0").toString());
            environment.put("KVORUM_BIND_HOST", "127.66.200.1");
            NodeServer stranger = new NodeServer(ServerConfig.load(null, environment), () -> {});

            assertThatThrownBy(() -> LoopbackNodes.await(stranger.start()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SetUpException.class)
                    .hasMessageContaining("stranger")
                    .hasMessageContaining("node-0");
            LoopbackNodes.await(stranger.stop());
            nodes.restart(0);
        }
    }

    private static Bootstrap withShards(int shards, Bootstrap document) {
        return new Bootstrap(
                document.clusterId(),
                document.generation(),
                shards,
                document.factor(),
                document.read(),
                document.write(),
                document.durability(),
                document.nodes(),
                document.voters(),
                document.buckets());
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            TreeMap<String, String> environment = new TreeMap<>();
            environment.put("KVORUM_NAME", "second");
            environment.put("KVORUM_DATA_DIR", directory.resolve("second").toString());
            environment.put("KVORUM_BIND_HOST", nodes.host(0));
            NodeServer second = new NodeServer(ServerConfig.load(null, environment), () -> {});

            assertThatThrownBy(() -> LoopbackNodes.await(second.start())).hasMessageContaining("9600");
            LoopbackNodes.await(second.stop());
        }
    }
}
