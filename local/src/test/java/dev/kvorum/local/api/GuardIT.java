package dev.kvorum.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.local.launch.Groundwork;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests pass the guard in the words of access rules, and what it stops is refused in those of Kubernetes. */
final class GuardIT {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String APPLY = MAPS + "/one?fieldManager=test";
    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\"}}";

    @TempDir
    Path directory = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private String denied = "";
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer(0);
        var objects = new Objects(new ObjectStore(directory), new ResourceTypes(), InstantSource.system());
        Groundwork.lay(objects);
        server.start(objects, (pod, run) -> Optional.empty(), call -> {
            calls.add(call.agent() + " " + call.verb() + " " + call.resource() + " " + call.name());
            return !call.verb().equals(denied);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("User-Agent", "tester/1.0 (test)")
                .header("Content-Type", method.equals("PATCH") ? "application/apply-patch+yaml" : "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void methodsAndDoorsAreVerbsAndResources() throws Exception {
        send("GET", MAPS, "");
        send("POST", MAPS, MAP);
        send("GET", MAPS + "/one", "");
        send("DELETE", MAPS + "/one", "");
        send("PUT", "/apis/apps/v1/namespaces/default/statefulsets/web/status", "{}");

        assertThat(calls)
                .containsExactly(
                        "tester list configmaps ",
                        "tester create configmaps ",
                        "tester get configmaps one",
                        "tester delete configmaps one",
                        "tester update statefulsets/status web");
    }

    @Test
    void applyThatMakesAnObjectNeedsCreateBesidePatch() throws Exception {
        assertThat(send("PATCH", APPLY, MAP).statusCode()).isEqualTo(201);
        assertThat(send("PATCH", APPLY, MAP).statusCode()).isEqualTo(200);

        assertThat(calls)
                .containsExactly(
                        "tester patch configmaps one", "tester create configmaps one", "tester patch configmaps one");
    }

    @Test
    void refusalHasTheWordsOfKubernetesAndChangesNothing() throws Exception {
        denied = "create";
        HttpResponse<String> refusal = send("PATCH", APPLY, MAP);

        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.body())
                .contains(
                        "configmaps \\\"one\\\" is forbidden: User \\\"tester\\\" cannot create resource"
                                + " \\\"configmaps\\\" in API group \\\"\\\" in the namespace \\\"default\\\"",
                        "\"reason\":\"Forbidden\"");
        assertThat(send("GET", MAPS + "/one", "").statusCode()).isEqualTo(404);
    }

    @Test
    void rulesReviewSaysWhatTheGuardAllows() throws Exception {
        denied = "create";
        String review = send(
                        "POST",
                        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectRulesReview\","
                                + "\"spec\":{\"namespace\":\"default\"}}")
                .body();

        assertThat(review).contains("\"resources\":[\"leases\"],\"verbs\":[\"get\",\"list\",\"watch\",\"update\"");
    }
}
