package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.server.door.AuthorityControl.Decision;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.Founded;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority of three whole nodes: decides at any of them, and is not needed for data. */
class AuthorityIT {

    @TempDir
    Path directory;

    @Test
    void whatIsDecidedAtOneNodeHoldsAtEvery() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            awaitRegistered(nodes, 0);
            assertThat(decide(nodes, 1, 0, new Command.OpenSession("first"))).isEqualTo(new Answer.SessionOpened(1));
            assertThat(decide(nodes, 2, 0, new Command.OpenSession("second"))).isEqualTo(new Answer.SessionOpened(2));
            assertThat(decide(nodes, 0, 1, new Command.DeclareBucket(BucketSettings.named("late"))))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.SESSION_SUPERSEDED));
            assertThat(decide(nodes, 0, 2, new Command.DeclareBucket(BucketSettings.named("late"))))
                    .isInstanceOf(Answer.Done.class);
            for (int node = 0; node < 3; node++) {
                int at = node;
                LoopbackNodes.awaitTrue("node " + node + " knows the bucket", () -> hasBucket(nodes, at));
            }
            for (int node = 0; node < 3; node++) {
                assertThat(put(nodes.host(node), "late", "key-" + node)).isEqualTo(201);
                assertThat(get(nodes.host((node + 1) % 3), "late", "key-" + node))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void everyNodeRegistersAndOneLeads() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            for (int node = 0; node < 3; node++) {
                awaitRegistered(nodes, node);
            }
            NodeId leader = Objects.requireNonNull(view(nodes, 0).leader());
            assertThat(view(nodes, 1).leader()).isEqualTo(leader);
            assertThat(view(nodes, 2).leader()).isEqualTo(leader);
            nodes.restart(1);
            nodes.awaitLinked();
            LoopbackNodes.awaitTrue("the second start is registered", () -> boot(nodes, 0, 1) == 2);
        }
    }

    @Test
    void withTheWholeGroupStoppedReadsAndWritesGoOn() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            for (int node = 0; node < 3; node++) {
                nodes.endAuthority(node);
            }
            for (int key = 0; key < 60; key++) {
                assertThat(Redis.call(nodes.host(key % 3), "SET", "calm" + key, "v" + key))
                        .isEqualTo("+OK\r\n");
            }
            for (int key = 0; key < 60; key++) {
                assertThat(Redis.call(nodes.host((key + 1) % 3), "GET", "calm" + key))
                        .contains("v" + key);
            }
        }
    }

    static Answer decide(LoopbackNodes nodes, int node, long session, Command command) throws Exception {
        Decision decision =
                LoopbackNodes.await(nodes.server(node).process().belonging().decide(session, command));
        assertThat(decision).isInstanceOf(Decision.Answered.class);
        return ((Decision.Answered) decision).answer();
    }

    static AuthorityView view(LoopbackNodes nodes, int node) {
        return nodes.server(node).process().belonging().authority();
    }

    static void awaitRegistered(LoopbackNodes nodes, int node) {
        LoopbackNodes.awaitTrue("node " + node + " is registered", () -> boot(nodes, node, node) > 0);
    }

    /** The start of {@code of} that is registered in what {@code node} knows; 0 for none. */
    static long boot(LoopbackNodes nodes, int node, int of) {
        AuthorityState state = view(nodes, node).state();
        NodeId id =
                Objects.requireNonNull(nodes.server(of).process().identity()).id();
        var entry = state.node(id);
        var start = entry == null ? null : entry.registered();
        return start == null ? 0 : start.boot();
    }

    private static boolean hasBucket(LoopbackNodes nodes, int node) {
        @Nullable Founded founded = nodes.server(node).process().founded();
        return founded != null && founded.bucket("late") != null;
    }

    private static int put(String host, String bucket, String key) throws Exception {
        return send(HttpRequest.newBuilder(uri(host, bucket, key)).PUT(HttpRequest.BodyPublishers.ofString("value")));
    }

    private static int get(String host, String bucket, String key) throws Exception {
        return send(HttpRequest.newBuilder(uri(host, bucket, key)));
    }

    private static URI uri(String host, String bucket, String key) {
        return URI.create("http://" + host + ":8080/v1/buckets/" + bucket + "/keys/" + key);
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }
}
