package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.plan.ConditionType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wishes of a spec that this release keeps waiting: nothing that runs changes, and a condition says so. */
class WaitingChangesTest {

    @Test
    void anotherSizeChangesNothingThatRuns() {
        Ground ground = Ground.ofThree().settle();
        List<String> before = running(ground);

        ground.change("replicas: 6");
        ground.settle();

        assertThat(running(ground)).isEqualTo(before);
        assertThat(ground.condition(ConditionType.SCALING_LIMITED).reason()).isEqualTo("RingChangeUnavailable");
        assertThat(ground.condition(ConditionType.SCALING_LIMITED).message()).contains("zone-a 2, zone-b 2, zone-c 2");
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");

        ground.change("replicas: 3");
        ground.settle();
        assertThat(ground.condition(ConditionType.SCALING_LIMITED).status()).isEqualTo("False");
    }

    @Test
    void otherZonesChangeNothingThatRuns() {
        Ground ground = Ground.ofThree().settle();
        List<String> before = running(ground);

        ground.change("zones: [{name: zone-a}, {name: zone-b}, {name: zone-d}]");
        ground.settle();

        assertThat(running(ground)).isEqualTo(before);
        assertThat(ground.condition(ConditionType.SCALING_LIMITED).reason()).isEqualTo("RingChangeUnavailable");
    }

    @Test
    void sizeMayChangeUntilThereIsData() {
        Ground ground = Ground.ofThree();
        ground.passOnce();

        ground.change("replicas: 6");
        ground.settle();

        assertThat(ground.cluster().getStatus().nodes()).isEqualTo("6/6");
    }

    @Test
    void changedBucketsWait() {
        Ground ground = Ground.ofThree().settle();

        ground.change("buckets: [{name: default, read: all}]");
        ground.settle();

        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).reason()).isEqualTo("BucketsFixed");
        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).message())
                .contains("default (read quorum, asked all)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: kvorum/kv-node:0.2.0",
                "config: {requestTimeoutMs: 500}",
                "resources: {requests: {cpu: 2}}",
                "storage: {size: 20Gi}",
                "pod: {priorityClassName: high}"
            })
    void changeThatNeedsARestartWaits(String change) {
        Ground ground = Ground.ofThree().settle();
        List<String> before = running(ground);

        ground.change(change);
        ground.settle();

        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).reason()).isEqualTo("TemplateChanged");
        assertThat(running(ground)).isEqualTo(before);
    }

    @Test
    void correctedImageTakesEffectWhileNothingRuns() {
        Ground ground = Ground.of("""
                replicas: 3
                image: kvorum/kv-node:typo
                zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
                """);
        ground.breakImage("kvorum/kv-node:typo");
        ground.settle();
        assertThat(ground.condition(ConditionType.PROGRESSING).message()).contains("cannot pull image");

        ground.change("image: kvorum/kv-node:0.1.0");
        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void autoActsAsOffAndSaysWhy() {
        Ground ground = Ground.ofThree().settle();

        ground.change("autoscaling: {mode: Auto, minReplicas: 3, maxReplicas: 6, targets: {cpuUtilization: 60}}");
        ground.settle();

        assertThat(ground.condition(ConditionType.SCALING_LIMITED).reason()).isEqualTo("AutoscalerUnavailable");
        assertThat(ground.cluster().getStatus().replicas()).isEqualTo(3);
    }

    @Test
    void pausedOperatorLooksOn() {
        Ground ground = Ground.ofThree().settle();
        ground.change("paused: true");
        ground.settle();

        ground.api.delete(Service.class, "demo-kv");
        ground.settle();
        assertThat(ground.api.has(Service.class, "demo-kv")).isFalse();
        assertThat(ground.condition(ConditionType.PAUSED).reason()).isEqualTo("PausedBySpec");

        ground.change("paused: false");
        ground.settle();
        assertThat(ground.api.has(Service.class, "demo-kv")).isTrue();
    }

    @Test
    void specThatOnlyAnOldDefinitionLetsThroughIsNotActedOn() {
        Ground ground = Ground.of("""
                replicas: 2
                zones: [{name: zone-a}, {name: zone-b}]
                """).settle();

        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("InvalidSpec");
        assertThat(ground.api.all(StatefulSet.class)).isEmpty();
    }

    /** Pods with their uids, and what they are made from. */
    private static List<String> running(Ground ground) {
        return Stream.of(Pod.class, StatefulSet.class, ConfigMap.class)
                .flatMap(type -> ground.api.all(type).map(HasMetadata.class::cast))
                .map(object -> object.getMetadata().getUid() + " generation "
                        + object.getMetadata().getGeneration())
                .toList();
    }
}
