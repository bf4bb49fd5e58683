package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator asks of a cluster's authority and says of it. On a cluster of its own: a session is taken away. */
class OperatorSessionE2E {

    private static final String CLUSTER = "shop";
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BUCKET_UNKNOWN = 404;

    private final Ground ground = Grounds.shared();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void aClusterOfItsOwn() {
        ground.apply(ground.example(CLUSTER, 3));
        ground.awaitReady(CLUSTER, READY_LIMIT);
    }

    @AfterEach
    void nothingStays() {
        http.close();
        ground.kubectl("delete", "kvc", CLUSTER, "--wait=false").mustSucceed();
        ground.kubectl("delete", "pvc", "-l", "kvorum.dev/cluster=" + CLUSTER, "--wait=false")
                .mustSucceed();
    }

    /** In one life of the cluster: what comes last takes it from the operator for good. */
    @Test
    void bucketsOfTheSpecAreDeclaredUntilAnotherOperatorTakesOver() throws Exception {
        try (AdminClient admin = new AdminClient(ground, CLUSTER)) {
            theStatusSaysWhoDecides(admin);
            aBucketThatIsNewInTheSpecBecomesWritable();
            whoIsSupersededSaysSoAndDeclaresNothing(admin);
        }
    }

    private void theStatusSaysWhoDecides(AdminClient admin) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode told = status().path("ring");
            JsonNode held = admin.get(ground.nodes(CLUSTER).getFirst(), "/admin/v1/ring")
                    .body();
            assertThat(texts(told.path("voters")))
                    .isEqualTo(names(held, texts(held.path("voters"))))
                    .hasSize(3);
            assertThat(names(held, Set.of(held.path("leader").asText())))
                    .containsExactly(told.path("leader").asText());
            assertThat(told.path("epoch").asLong()).isEqualTo(held.path("epoch").asLong());
        });
    }

    private void aBucketThatIsNewInTheSpecBecomesWritable() throws Exception {
        List<Node> nodes = ground.nodes(CLUSTER);
        assertThat(put(nodes.getFirst(), "carts")).isEqualTo(BUCKET_UNKNOWN);

        addBucket("carts");

        for (Node node : nodes) {
            Awaitility.await().atMost(LIMIT).until(() -> put(node, "carts") < 300);
        }
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        condition("UpdateAvailable").path("reason").asText().equals("UpToDate"));
        assertThat(ground.nodes(CLUSTER)).isEqualTo(nodes);
    }

    private void whoIsSupersededSaysSoAndDeclaresNothing(AdminClient admin) throws Exception {
        Node node = ground.nodes(CLUSTER).getFirst();
        assertThat(admin.post(node, "/admin/v1/operator/sessions", "{\"operator\":\"another\"}")
                        .status())
                .isEqualTo(200);

        addBucket("orders");

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> condition("Degraded").path("reason").asText().equals("SessionSuperseded"));
        assertThat(condition("Degraded").path("message").asText()).contains("another opened session");
        assertThat(condition("Ready").path("status").asText()).isEqualTo("True");
        assertThat(put(node, "orders")).isEqualTo(BUCKET_UNKNOWN);
        assertThat(put(node, "carts")).isLessThan(300);
    }

    private void addBucket(String name) {
        ground.kubectl(
                        "patch",
                        "kvc",
                        CLUSTER,
                        "--type=json",
                        "-p",
                        "[{\"op\":\"add\",\"path\":\"/spec/buckets/-\",\"value\":{\"name\":\"" + name + "\"}}]")
                .mustSucceed();
    }

    private int put(Node node, String bucket) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + node.address() + ":8080/v1/buckets/" + bucket + "/keys/a"))
                .timeout(Duration.ofSeconds(10))
                .PUT(HttpRequest.BodyPublishers.ofString("1"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private JsonNode condition(String type) {
        return status().path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode status() {
        return Ground.json(ground.kubectl("get", "kvc", CLUSTER, "-o", "json")
                        .mustSucceed()
                        .out())
                .path("status");
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Set<String> names(JsonNode ring, Set<String> ids) {
        Set<String> names = new TreeSet<>();
        ring.path("nodes").forEach(node -> {
            if (ids.contains(node.path("id").asText())) {
                names.add(node.path("name").asText());
            }
        });
        return names;
    }
}
