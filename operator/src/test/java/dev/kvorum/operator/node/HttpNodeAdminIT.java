package dev.kvorum.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvorum.operator.node.NodeAdmin.Door;
import dev.kvorum.operator.node.NodeReport.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpNodeAdminIT {

    private final NodeAdmin admin = new HttpNodeAdmin();
    private final HttpServer server;
    private volatile String heard = "";
    private volatile @Nullable String heardSession;
    private volatile int status = 200;
    private volatile String answer = "{}";

    HttpNodeAdminIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", this::reply);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithTheTokenAndReadsWhatTheNodeSays() {
        answer = """
                {"id": "ab", "name": "demo-zone-a-0", "zone": "zone-a", "state": "ready", "clusterId": "c", "epoch": 1,
                 "ringHash": "0f", "version": "0.1.0", "shards": 16, "factor": 3, "nodes": ["ab"], "fromANewerNode": 1}
                """;

        NodeReport report = admin.node(door());

        assertThat(heard).isEqualTo("GET /admin/v1/node Bearer secret ");
        assertThat(report.state()).isEqualTo(State.READY);
        assertThat(report.nodes()).containsExactly("ab");
        assertThat(report.buckets()).isEmpty();
    }

    @Test
    void documentIsSentAsNodesReadIt() {
        admin.found(
                door(),
                new BootstrapDocument("c", 1, 16, 3, "quorum", 2, "fsync", List.of(), List.of("ab"), List.of()));

        assertThat(heard)
                .isEqualTo("POST /admin/v1/cluster Bearer secret {\"clusterId\":\"c\",\"generation\":1,"
                        + "\"shards\":16,\"factor\":3,\"read\":\"quorum\",\"write\":2,\"durability\":\"fsync\","
                        + "\"nodes\":[],\"voters\":[\"ab\"],\"buckets\":[]}");
    }

    @Test
    void aSessionIsOpenedAndGoesWithWhatIsChanged() {
        answer = "{\"session\":7,\"index\":41}";
        assertThat(admin.openSession(door(), "operator-a")).isEqualTo(7);
        assertThat(heard).isEqualTo("POST /admin/v1/operator/sessions Bearer secret {\"operator\":\"operator-a\"}");

        admin.declareBucket(
                door(), 7, new BootstrapDocument.Bucket("orders", "quorum", "siblings", "quorum", "2", false));
        assertThat(heardSession).isEqualTo("7");
        assertThat(heard)
                .isEqualTo("POST /admin/v1/buckets Bearer secret {\"name\":\"orders\",\"mode\":\"quorum\","
                        + "\"conflict\":\"siblings\",\"read\":\"quorum\",\"write\":\"2\",\"sloppy\":false}");
    }

    @Test
    void whoIsSupersededIsToldApartFromOtherRefusals() {
        status = 409;
        answer = "{\"code\":\"session_superseded\",\"detail\":\"operator session 6 ended\"}";
        assertThat(failure().isSuperseded()).isTrue();
        answer = "{\"code\":\"bucket_exists\",\"detail\":\"bucket orders is another\"}";
        assertThat(failure().isSuperseded()).isFalse();
    }

    @Test
    void refusalSaysWhatTheNodeSaid() {
        status = 409;
        answer = "{\"code\":\"foreign_node\",\"detail\":\"the document does not name this node\"}";

        NodeAdminException refusal = failure();

        assertThat(refusal.isRefusal()).isTrue();
        assertThat(refusal).hasMessageContaining("answered 409: the document does not name this node");
    }

    @Test
    void troubleOfTheNodeIsNoRefusal() {
        status = 503;
        assertThat(failure().isRefusal()).isFalse();

        server.stop(0);
        assertThat(failure().isRefusal()).isFalse();
        assertThat(failure()).hasMessageContaining("does not answer");
    }

    @Test
    void answerThatIsNoReportNamesTheDoor() {
        answer = "<html>";

        assertThat(failure()).hasMessageContaining(door() + "/admin/v1/node answered no NodeReport: <html>");
    }

    private NodeAdminException failure() {
        return catchThrowableOfType(NodeAdminException.class, () -> admin.node(door()));
    }

    private Door door() {
        return new Door("127.0.0.1", server.getAddress().getPort(), "secret");
    }

    private void reply(HttpExchange exchange) throws IOException {
        heardSession = exchange.getRequestHeaders().getFirst("Kvorum-Operator-Session");
        heard = "%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
