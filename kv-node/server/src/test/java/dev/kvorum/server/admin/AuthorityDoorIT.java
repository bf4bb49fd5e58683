package dev.kvorum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.FakeAuthority;
import dev.kvorum.server.door.FakeNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What administrators and operators ask of the authority, by its own rules. */
class AuthorityDoorIT {

    private static final String BUCKET = "{\"name\":\"carts\",\"mode\":\"quorum\",\"conflict\":\"siblings\","
            + "\"read\":\"quorum\",\"write\":\"all\",\"sloppy\":false}";
    private static final String LOST = "/admin/v1/members/" + FakeNode.id(2) + "/lost";

    private final DoorFixture fixture = new DoorFixture();
    private final FakeAuthority authority = new FakeAuthority();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = opened();

    /** Nothing here founds or drains. */
    private static final class NoControl implements ClusterControl {
        @Override
        public Future<Founding> found(Bootstrap document) {
            throw new AssertionError("nobody founds here");
        }

        @Override
        public Future<Recovery> recover(String clusterId, long generation) {
            throw new AssertionError("nobody recovers here");
        }

        @Override
        public Future<Void> drain() {
            throw new AssertionError("nobody drains here");
        }
    }

    private int opened() {
        AdminDoor door = new AdminDoor(
                fixture.vertx,
                DoorFixture.config(Map.of()),
                new AdminDoor.Node(fixture.node, new NoControl(), authority),
                fixture.metrics);
        return fixture.on(() -> door.listen("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    @Test
    void sessionsAreNumberedAndALaterOneSupersedesThoseBefore() {
        assertThat(openSession("operator-a").body()).isEqualTo("{\"session\":1,\"index\":5}");
        assertThat(openSession("operator-b").body()).isEqualTo("{\"session\":2,\"index\":6}");

        HttpResponse<String> late = send("POST", "/admin/v1/buckets", BUCKET, "1");
        assertProblem(late, 409, "session_superseded", "operator session 1 ended when operator-b opened session 2");
        assertThat(authority.authority().state().buckets()).hasSize(2);
        assertThat(send("POST", "/admin/v1/buckets", BUCKET, "2").statusCode()).isEqualTo(200);
        assertProblem(
                send("POST", "/admin/v1/buckets", BUCKET, "3"),
                409,
                "session_unknown",
                "operator session 3 was never opened, the present one is 2; open one");
    }

    @Test
    void aSessionThatIsNoNumberIsRefusedByTheNameOfItsHeader() {
        for (String session : new String[] {"0", "-1", "one", "", "99999999999999999999"}) {
            assertProblem(
                    send("POST", "/admin/v1/buckets", BUCKET, session),
                    400,
                    "bad_request",
                    "header Kvorum-Operator-Session is \\\"" + session + "\\\"; send once the number");
        }
    }

    @Test
    void aBucketIsDeclaredOnceAndRepeatedFreely() {
        assertThat(send("POST", "/admin/v1/buckets", BUCKET).body()).isEqualTo("{\"epoch\":1,\"index\":5}");
        assertThat(send("POST", "/admin/v1/buckets", BUCKET).statusCode()).isEqualTo(200);
        assertThat(authority.authority().state().buckets()).hasSize(3);

        assertProblem(
                send("POST", "/admin/v1/buckets", BUCKET.replace("\"write\":\"all\"", "\"write\":1")),
                409,
                "bucket_exists",
                "bucket carts is conflict siblings, read quorum, write all; alter it, or use another name");
        assertProblem(
                send("POST", "/admin/v1/buckets", BUCKET.replace("\"all\"", "4").replace("carts", "more")),
                400,
                "bad_request",
                "write of bucket more is 4; use at most the factor 3");
    }

    @Test
    void aBucketThatCannotBeReadIsRefusedByField() {
        assertProblem(send("POST", "/admin/v1/buckets", ""), 400, "bad_request", "the body is empty");
        assertProblem(
                send("POST", "/admin/v1/buckets", BUCKET.replace("\"sloppy\":false", "\"sloppy\":0")),
                400,
                "bad_request",
                "sloppy must be true or false");
        assertProblem(
                send("POST", "/admin/v1/buckets", BUCKET.replace("}", ",\"ttl\":1}")),
                400,
                "bad_request",
                "ttl is no field of this document");
        assertProblem(
                send("POST", "/admin/v1/buckets", "x".repeat(65_537)), 413, "value_too_large", "a body of 65537 bytes");
        HttpResponse<String> wrong = send("GET", "/admin/v1/buckets", "");
        assertProblem(wrong, 405, "method_not_allowed", "GET is not possible here; use POST");
        assertThat(wrong.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void theLevelsOfABucketAreAlteredButNotRaised() {
        send("POST", "/admin/v1/buckets", BUCKET);
        String weaker = BUCKET.replace("\"all\"", "\"one\"");

        assertThat(send("PUT", "/admin/v1/buckets/carts", weaker).body()).isEqualTo("{\"epoch\":1,\"index\":6}");
        assertProblem(
                send("PUT", "/admin/v1/buckets/carts", BUCKET),
                409,
                "bucket_fixed",
                "write of bucket carts is one and may only fall, not rise to all");
        assertProblem(
                send("PUT", "/admin/v1/buckets/other", weaker),
                400,
                "bad_request",
                "name is \\\"carts\\\" and the path names other; a bucket keeps its name");
        assertProblem(
                send("PUT", "/admin/v1/buckets/other", weaker.replace("carts", "other")),
                404,
                "bucket_unknown",
                "there is no bucket other; declare it");
        assertThat(send("POST", "/admin/v1/buckets/carts", weaker).statusCode()).isEqualTo(405);
    }

    @Test
    void aVolumeIsDeclaredLostByItsIdAndTheRingTellsWhatThatCost() {
        assertProblem(
                send("POST", LOST, volume(0)), 409, "volume_unknown", "node node-2 lives on volume " + volumeId(2));
        assertThat(send("POST", LOST, volume(2)).statusCode()).isEqualTo(200);

        assertThat(authority.authority().state().nodes().get(FakeNode.id(2)))
                .extracting(NodeEntry::state)
                .isEqualTo(NodeState.LOST);
        assertThat(get("/admin/v1/members"))
                .contains("\"score\":60,\"authority\":\"lost\",\"volumeId\":\"" + volumeId(2)
                        + "\",\"boot\":3,\"votes\":false,\"leads\":false}")
                .contains("\"score\":100,\"authority\":\"active\",\"volumeId\":\"" + volumeId(0) + "\",\"boot\":3,"
                        + "\"votes\":true,\"leads\":false}");
        assertThat(get("/admin/v1/ring"))
                .contains("\"generation\":1,\"epoch\":1,")
                .contains(
                        "],\"voters\":[\"" + FakeNode.id(0) + "\"],\"leader\":\"" + FakeNode.id(1) + "\",\"applied\":")
                .contains("\"incomplete\":[\"" + FakeNode.id(2) + "\"],\"awaited\":[\"" + FakeNode.id(0) + "\",\""
                        + FakeNode.id(1) + "\"],\"loss\":\"none\"}");
    }

    @Test
    void aMemberThatIsNoneIsRefused() {
        assertProblem(
                send("POST", "/admin/v1/members/node-2/lost", volume(2)), 400, "bad_request", "member in the path: ");
        assertProblem(
                send("POST", "/admin/v1/members/" + FakeNode.id(9) + "/lost", volume(2)),
                404,
                "node_unknown",
                "there is no node " + FakeNode.id(9) + "; name one of the members");
        assertProblem(
                send("POST", LOST, "{\"volumeId\":\"abc\"}"),
                400,
                "bad_request",
                "volumeId: a volume id has 32 hex digits, not \\\"abc\\\"");
    }

    @Test
    void aPossibleLossIsAcceptedAtTheEpochUnderWhichItWasSeen() {
        for (int node : new int[] {1, 2}) {
            authority.decideNow(
                    0, new Command.DeclareLost(FakeNode.id(node), FakeAuthority.volume(node), Cause.PERSON));
        }
        long epoch = authority.authority().state().shards().get(5).epoch();
        assertThat(get("/admin/v1/ring")).contains("\"loss\":\"possible\"");

        String door = "/admin/v1/shards/5/accept-loss";
        assertProblem(send("POST", door, "{\"epoch\":" + (epoch - 1) + "}"), 409, "stale", "shard 5 is at epoch ");
        assertThat(send("POST", door, "{\"epoch\":" + epoch + "}").body())
                .isEqualTo("{\"shard\":5,\"without\":[\"" + FakeNode.id(1) + "\",\"" + FakeNode.id(2)
                        + "\"],\"index\":8}");
        assertProblem(
                send("POST", "/admin/v1/shards/16/accept-loss", "{\"epoch\":1}"),
                400,
                "bad_request",
                "there is no shard 16; they end at 15");
        assertProblem(
                send("POST", "/admin/v1/shards/-1/accept-loss", "{\"epoch\":1}"),
                400,
                "bad_request",
                "shard in the path is \\\"-1\\\"; use a number");
    }

    @Test
    void aCommandWithoutAnAnswerSaysWhetherItMayTakeEffect() {
        authority.fallSilent(Trouble.TIMEOUT, Outcome.NOT_APPLIED);
        HttpResponse<String> nobody = openSession("operator-a");
        assertProblem(nobody, 503, "timeout", "nobody who leads the authority was reached in time");
        assertThat(nobody.body()).contains("\"outcome\":\"not_applied\",\"retryAfterMs\":1000");

        authority.fallSilent(Trouble.TIMEOUT, Outcome.UNKNOWN);
        assertThat(openSession("operator-a").body()).contains("\"outcome\":\"unknown\"");
        authority.fallSilent(Trouble.OVERLOADED, Outcome.NOT_APPLIED);
        assertProblem(openSession("operator-a"), 503, "overloaded", "too many commands for the authority wait");
    }

    @Test
    void aNodeWithoutAnAuthorityTellsWhatItKnows() {
        authority.switchOff();
        assertProblem(
                openSession("operator-a"),
                503,
                "starting",
                "this node has no part in the authority now: its store is not open; ask another node");
        assertThat(get("/admin/v1/ring")).contains("\"replicas\":[").contains("\"incomplete\":[],\"awaited\":[]");
        assertThat(get("/admin/v1/members")).contains("\"authority\":null,\"volumeId\":null,\"boot\":0");
    }

    @Test
    void anOperatorTellsItsName() {
        assertProblem(
                send("POST", "/admin/v1/operator/sessions", "{\"operator\":\" \"}"),
                400,
                "bad_request",
                "operator is \\\" \\\"; use 1 to 253 ASCII characters");
        assertProblem(send("POST", "/admin/v1/operator/sessions", "{}"), 400, "bad_request", "operator is missing");
    }

    private HttpResponse<String> openSession(String operator) {
        return send("POST", "/admin/v1/operator/sessions", "{\"operator\":\"" + operator + "\"}");
    }

    private static String volume(int node) {
        return "{\"volumeId\":\"" + volumeId(node) + "\"}";
    }

    private static String volumeId(int node) {
        return FakeAuthority.volume(node).toString();
    }

    private String get(String path) {
        return send("GET", path, "").body();
    }

    private HttpResponse<String> send(String method, String path, String body, String... session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body));
        for (String number : session) {
            request.header("Kvorum-Operator-Session", number);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.toString(), e);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code, String detail) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"detail\":\"" + detail);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
}
