package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import dev.kvorum.e2e.ground.Shell;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a kubelet does with the pods of nodes: profile, probes, and how they end. */
@Needs(Ability.CONTAINERS)
class PodsE2E {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Ground ground = Grounds.shared();

    @Test
    void podsMeetTheRestrictedProfile() {
        Shell.Result asked = ground.kubectl(
                        "label",
                        "--dry-run=server",
                        "--overwrite",
                        "namespace",
                        "default",
                        "pod-security.kubernetes.io/enforce=restricted")
                .mustSucceed();

        assertThat(asked.err()).doesNotContain("Warning");
    }

    @Test
    void everyPodHasTheThreeProbesAndNoTokenOfTheApi() {
        for (Node node : ground.nodes("demo")) {
            JsonNode spec = pod(node.name()).path("spec");
            JsonNode container = spec.at("/containers/0");
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/started");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.path("volumes").toString()).doesNotContain("serviceAccountToken");
        }
    }

    /**
     * preStop waits 5 s for the endpoints to be forgotten; then SIGTERM drains, and the process ends by itself with
     * 0.
     */
    @Test
    @Needs(Ability.KILL_NODE)
    void aNodeAskedToEndDrainsAndEndsWithZero() {
        Node node = ground.nodes("demo").get(2);

        ground.askToEnd(node);

        ground.awaitAnother("demo", node, LIMIT);
        JsonNode ended = pod(node.name()).at("/status/containerStatuses/0/lastState/terminated");
        assertThat(ended.path("exitCode").asInt(-1)).as(ended.toString()).isZero();
    }

    @Test
    void aDeletedPodTakesAtLeastItsPreStopAndFarLessThanItsGrace() {
        Node node = ground.nodes("demo").get(2);
        long beganNs = System.nanoTime();

        ground.kubectl("delete", "pod", node.name(), "--timeout=90s").mustSucceed();

        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        System.out.println("a deleted pod was gone after " + took.toMillis() + " ms");
        assertThat(took).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
        ground.awaitAnother("demo", node, LIMIT);
    }

    @Test
    void aPodThatWasReplacedIsInTheServiceAgain() {
        Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> ground.kubectl(
                                        "get",
                                        "endpointslices",
                                        "-l",
                                        "kubernetes.io/service-name=demo-kv",
                                        "-o",
                                        "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}")
                                .mustSucceed()
                                .out()
                                .split(" ", -1)
                                .length,
                        ready -> ready == 3);
    }

    private JsonNode pod(String name) {
        return Ground.json(
                ground.kubectl("get", "pod", name, "-o", "json").mustSucceed().out());
    }
}
