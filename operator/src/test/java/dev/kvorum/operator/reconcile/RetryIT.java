package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvorum.crds.KVCluster;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The real wiring, Prometheus included, against a server that refuses every pass: passes are repeated for ever. */
@QuarkusTest
@QuarkusTestResource(RefusingServer.class)
class RetryIT {

    /** The first pass and the five repetitions after which the SDK gives up by itself. */
    private static final int GIVEN_UP = 1 + 5;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    KubernetesClient client;

    @Inject
    MeterRegistry meters;

    @Test
    void failedPassIsRepeatedWithPrometheusOn() {
        client.resource(Serialization.unmarshal("""
                        apiVersion: kvorum.dev/v1alpha1
                        kind: KVCluster
                        metadata: {name: demo, namespace: default}
                        spec:
                          replicas: 1
                          zones: [{name: zone-a}]
                          replication: {factor: 1}
                        """, KVCluster.class)).create();

        // The SDK's own metrics would kill the timer of repetitions after the first.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(failedPasses()).isGreaterThan(GIVEN_UP));
        assertThat(meters.get("kvorum.operator.writes").counter().count()).isPositive();
        assertThat(client.resources(Service.class).inNamespace("default").list().getItems())
                .isEmpty();
    }

    private double failedPasses() {
        return meters.get("kvorum.operator.reconcile.passes")
                .tag("outcome", "failed")
                .counter()
                .count();
    }
}
