package dev.kvorum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.FakeAuthority;
import dev.kvorum.server.door.FakeNode;
import dev.kvorum.server.door.Standing;
import dev.kvorum.server.json.BootstrapJson;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminDoorIT {

    private static final String DOCUMENT = new String(BootstrapJson.write(FakeNode.DOCUMENT), StandardCharsets.UTF_8);
    private static final String ID = "abcd" + "0".repeat(36);
    private static final String NAME = DoorFixture.config(Map.of()).node().name();
    private static final String NAME_AND_ZONE = "\"name\":\"" + NAME + "\",\"zone\":\"default\",";
    private static final String ADDRESSES = "\"version\":\"development\",\"addresses\":{\"host\":\"" + NAME
            + "\",\"http\":8080,\"resp\":6379,\"peer\":7600,\"membership\":7601,\"admin\":9600}";

    private final DoorFixture fixture = new DoorFixture();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Control control = new Control();
    private int port = opened(Map.of());

    @TempDir
    private @Nullable Path directory;

    /** Accepts one document. */
    private static final class Control implements ClusterControl {
        private @Nullable Bootstrap accepted;
        private boolean broken;

        @Override
        public Future<Founding> found(Bootstrap document) {
            if (broken) {
                return Future.failedFuture(new IOException("disk"));
            }
            if (accepted == null
                    && document.nodes().stream().noneMatch(node -> node.id().equals(FakeNode.id(0)))) {
                return Future.succeededFuture(new Founding.ForeignNode("the document does not name " + FakeNode.id(0)));
            }
            if (accepted != null && !accepted.equals(document)) {
                return Future.succeededFuture(new Founding.Conflict("shards is 32, accepted was 16"));
            }
            accepted = document;
            return Future.succeededFuture(new Founding.Accepted(FakeNode.RING));
        }

        @Override
        public Future<Recovery> recover(String clusterId, long generation) {
            return Future.succeededFuture(
                    generation == 2
                            ? new Recovery.Begun(generation, 41)
                            : new Recovery.Refused("this node is of generation 1; recover to 2"));
        }

        @Override
        public Future<Void> drain() {
            return Future.succeededFuture();
        }
    }

    private int opened(Map<String, String> variables) {
        AdminDoor door = new AdminDoor(
                fixture.vertx,
                DoorFixture.config(variables),
                new AdminDoor.Node(fixture.node, control, new FakeAuthority()),
                fixture.metrics);
        return fixture.on(() -> door.listen("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    @Test
    void healthFollowsTheStandingOfTheNode() {
        assertHealth(200, 200, 200, "{\"status\":\"ok\"}");
        fixture.node.becomeUnfounded();
        assertHealth(200, 200, 503, "{\"status\":\"unready\",\"reason\":\"waits for the bootstrap document\"}");
        fixture.node.become(Standing.because(Standing.State.FENCED, "data/000007.sst is damaged"));
        assertHealth(200, 200, 503, "{\"status\":\"unready\",\"reason\":\"data/000007.sst is damaged\"}");
        fixture.node.become(Standing.of(Standing.State.DRAINING));
        assertHealth(200, 200, 503, "{\"status\":\"unready\",\"reason\":\"drains\"}");
        fixture.node.becomeUnopened();
        assertHealth(503, 200, 503, "{\"status\":\"unready\",\"reason\":\"opens its store\"}");
    }

    @Test
    void aNodeOfWhichALoopHangsDoesNotLive() {
        fixture.node.standStillFor(59_999);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        fixture.node.standStillFor(60_000);
        HttpResponse<String> stuck = get("/health/live");
        assertThat(stuck.statusCode()).isEqualTo(503);
        assertThat(stuck.body())
                .isEqualTo("{\"status\":\"unready\",\"reason\":\"an event loop has stood still for 60000 ms\"}");
        port = opened(Map.of("KVORUM_STUCK_LOOP_MS", "70000"));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void statsTellWhatAPersonLooksForFirst() {
        String idle = "{\"perSecond1s\":0.0,\"perSecond10s\":0.0,\"perSecond60s\":0.0,\"p50Us\":0,\"p99Us\":0}";
        assertThat(get("/admin/v1/stats").body())
                .contains("\"operations\":{\"get\":" + idle + ",\"put\":" + idle + ",")
                .contains("\"bytesPerSecond\":{\"read\":0,\"written\":0},\"queueBytes\":{\"committer\":4096},"
                        + "\"disk\":{\"volumeBytes\":0,\"usedBytes\":0,\"freeBytes\":0,\"liveDataBytes\":0},"
                        + "\"topShards\":[],\"readings\":{\"requests_get_ok_total\":0,");
    }

    @Test
    void aNodeTellsWhoItIs() {
        String ids = "\"" + FakeNode.id(0) + "\",\"" + FakeNode.id(1) + "\",\"" + FakeNode.id(2) + "\"";
        assertThat(get("/admin/v1/node").body())
                .isEqualTo("{\"id\":\"" + ID + "\"," + NAME_AND_ZONE
                        + "\"volumeId\":\"0123456789abcdef0123456789abcdef\",\"state\":\"ready\",\"reason\":null,"
                        + "\"clusterId\":\"cluster-1\",\"epoch\":1,\"ringHash\":\"" + FakeNode.RING.hashText() + "\","
                        + ADDRESSES + ",\"shards\":16,\"factor\":3,\"buckets\":[" + bucket("default") + ","
                        + bucket("orders") + "],\"nodes\":[" + ids + "]}");
    }

    @Test
    void aNodeThatHasNotOpenedItsStoreTellsWhatItKnows() {
        fixture.node.becomeUnopened();
        assertThat(get("/admin/v1/node").body())
                .isEqualTo("{\"id\":null," + NAME_AND_ZONE
                        + "\"volumeId\":null,\"state\":\"starting\",\"reason\":null,\"clusterId\":null,\"epoch\":0,"
                        + "\"ringHash\":null," + ADDRESSES
                        + ",\"shards\":0,\"factor\":0,\"buckets\":[],\"nodes\":[]}");
    }

    private static String bucket(String name) {
        return "{\"name\":\"" + name + "\",\"mode\":\"quorum\",\"conflict\":\"siblings\",\"read\":\"quorum\","
                + "\"write\":\"quorum\",\"sloppy\":false}";
    }

    @Test
    void aRecoveryIsBegunOrRefusedWithItsReason() {
        assertThat(post("/admin/v1/recover", "{\"clusterId\":\"cluster-1\",\"generation\":2}")
                        .body())
                .isEqualTo("{\"generation\":2,\"applied\":41}");
        HttpResponse<String> refused = post("/admin/v1/recover", "{\"clusterId\":\"cluster-1\",\"generation\":3}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("recovery_refused").contains("recover to 2");
        assertThat(post("/admin/v1/recover", "{\"generation\":2}").body()).contains("clusterId is missing");
    }

    @Test
    void membersRingAndStatsAreShown() {
        assertThat(get("/admin/v1/members").body())
                .startsWith("{\"members\":[{\"id\":\"" + ID
                        + "\",\"name\":\"node-0\",\"zone\":\"zone-0\",\"state\":\"alive\","
                        + "\"incarnation\":1,\"host\":\"127.0.0.1\",\"heartbeat\":12,\"sinceMs\":5000,"
                        + "\"score\":100,\"authority\":\"active\",\"volumeId\":\"" + FakeAuthority.volume(0)
                        + "\",\"boot\":3,\"votes\":true,\"leads\":false},");
        assertThat(get("/admin/v1/ring").body())
                .startsWith("{\"clusterId\":\"cluster-1\",\"generation\":1,\"epoch\":1,\"hash\":\""
                        + FakeNode.RING.hashText()
                        + "\",\"shards\":16,\"factor\":3,\"nodes\":[{\"id\":\"" + ID
                        + "\",\"name\":\"node-0\",\"zone\":\"zone-0\","
                        + "\"weight\":1,\"host\":\"127.0.0.1\",\"ports\":{\"http\":8080,\"resp\":6379,\"peer\":7600,"
                        + "\"membership\":7601,\"admin\":9600}},");
        assertThat(get("/admin/v1/stats").body())
                .contains("\"requests_get_ok_total\":0")
                .contains("\"ring_epoch\":1,\"queue_bytes\":{\"committer\":4096}}");
        fixture.node.becomeUnfounded();
        assertThat(get("/admin/v1/ring").statusCode()).isEqualTo(503);
    }

    @Test
    void aFoundingDocumentIsAcceptedOnceAndRepeatedFreely() {
        String accepted = "{\"clusterId\":\"cluster-1\",\"epoch\":1,\"ringHash\":\"" + FakeNode.RING.hashText() + "\"}";
        assertThat(post("/admin/v1/cluster", DOCUMENT).body()).isEqualTo(accepted);
        assertThat(post("/admin/v1/cluster", DOCUMENT.replace(",", " ,\n")).body())
                .isEqualTo(accepted);
        assertProblem(
                post("/admin/v1/cluster", DOCUMENT.replace("\"shards\":16", "\"shards\":32")),
                409,
                "cluster_conflict",
                "shards is 32, accepted was 16");
    }

    @Test
    void aFoundingDocumentThatCannotBeTakenIsRefusedByName() {
        assertProblem(post("/admin/v1/cluster", ""), 400, "bad_request", "the body is empty");
        assertProblem(
                post("/admin/v1/cluster", DOCUMENT.replace("\"weight\":1", "\"wait\":1")),
                400,
                "bad_request",
                "nodes[0].weight is missing");
        assertProblem(
                post("/admin/v1/cluster", DOCUMENT.replace(ID, "ef" + ID.substring(2))),
                409,
                "foreign_node",
                "the document does not name " + ID);
        control.broken = true;
        assertProblem(
                post("/admin/v1/cluster", DOCUMENT),
                500,
                "storage_failed",
                "the document was not kept: java.io.IOException: disk");
        assertProblem(
                post("/admin/v1/cluster", "x".repeat(1_048_577)), 413, "value_too_large", "a body of 1048577 bytes");
    }

    @Test
    void drainingAnswersWhenNothingIsInFlight() {
        assertThat(post("/admin/v1/drain", "").body()).isEqualTo("{\"status\":\"drained\"}");
        HttpResponse<String> wrong = get("/admin/v1/drain");
        assertProblem(wrong, 405, "method_not_allowed", "GET is not possible here; use POST");
        assertThat(wrong.headers().firstValue("Allow")).contains("POST");
        assertProblem(
                get("/admin/v1/nothing"),
                404,
                "path_unknown",
                "there is nothing at this path; there are /health/started");
        assertProblem(get("/admin/v1/node?deep=1"), 400, "bad_request", "parameter deep is unknown");
    }

    @Test
    void metricsArePrometheusText() {
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .contains("# TYPE kvorum_requests_total counter\n")
                .contains("""
                        # HELP kvorum_queue_bytes Bytes that wait.
                        # TYPE kvorum_queue_bytes gauge
                        kvorum_queue_bytes{queue="committer"} 4096
                        """)
                .contains("kvorum_ring_epoch 1\n")
                .contains("jvm_memory_used_bytes{area=\"heap\"");
    }

    @Test
    void whereThereIsATokenOnlyItsBearerGetsIn() throws IOException {
        tokenFile("s3cret\n");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        HttpResponse<String> without = get("/admin/v1/node");
        String howTo = "send the header Authorization: Bearer with the token of adminTokenFile";
        assertProblem(without, 401, "unauthenticated", howTo);
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"kvorum-admin\"");
        assertProblem(get("/admin/v1/nothing"), 401, "unauthenticated", howTo);
        assertProblem(
                bearing("s3cret2"), 401, "unauthenticated", "the token is not the one in the file of adminTokenFile");
        assertThat(bearing("s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/admin/v1/node", "Authorization", "bearer s3cret").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenIsReplacedWithoutARestart() throws IOException {
        Path file = tokenFile("s3cret");
        assertThat(bearing("s3cret").statusCode()).isEqualTo(200);
        Files.writeString(file, "other");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(bearing("s3cret").statusCode()).isEqualTo(401);
        assertThat(bearing("other").statusCode()).isEqualTo(200);
        Files.delete(file);
        assertProblem(
                bearing("other"), 401, "unauthenticated", "the file of adminTokenFile cannot be read or is empty");
    }

    private Path tokenFile(String token) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "token", ""), token);
        port = opened(Map.of("KVORUM_ADMIN_TOKEN_FILE", file.toString()));
        return file;
    }

    private HttpResponse<String> bearing(String token) {
        return get("/admin/v1/node", "Authorization", "Bearer " + token);
    }

    private void assertHealth(int started, int live, int ready, String readyBody) {
        assertThat(get("/health/started").statusCode()).isEqualTo(started);
        assertThat(get("/health/live").statusCode()).isEqualTo(live);
        assertThat(get("/health/ready").statusCode()).isEqualTo(ready);
        assertThat(get("/health/ready").body()).isEqualTo(readyBody);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, String detail) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"detail\":\"" + detail);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return send((headers.length == 0 ? builder : builder.headers(headers)).build());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.toString(), e);
        }
    }
}
