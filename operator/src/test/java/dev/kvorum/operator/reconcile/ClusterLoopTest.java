package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.status.Condition;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.fake.Calls;
import dev.kvorum.operator.fake.FakeCluster;
import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole passes: making a cluster, and what is said of it. */
class ClusterLoopTest {

    @Test
    void newClusterBecomesReady() {
        Ground ground = Ground.ofThree().settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.condition(ConditionType.AVAILABLE).reason()).isEqualTo("EveryShardServes");
        assertThat(ground.condition(ConditionType.PROGRESSING).status()).isEqualTo("False");
        assertThat(ground.cluster().getStatus().phase()).isEqualTo("Ready");
        assertThat(ground.cluster().getStatus().nodes()).isEqualTo("3/3");
        assertThat(ground.cluster().getStatus().clusterId()).isEqualTo("uid-first");
        assertThat(ground.nodes.accepted().values().stream().distinct()).hasSize(1);
    }

    @Test
    void everyConditionIsThereAndJudgesThePresentGeneration() {
        Ground ground = Ground.ofThree().settle();

        assertThat(ground.cluster().getStatus().conditions())
                .extracting(Condition::type)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ConditionType.values())
                        .map(ConditionType::word)
                        .toList());
        assertThat(ground.cluster().getStatus().conditions())
                .extracting(Condition::observedGeneration)
                .containsOnly(ground.cluster().getMetadata().getGeneration());
        assertThat(Stream.of(Reason.values()).map(Reason::word))
                .containsAll(ground.cluster().getStatus().conditions().stream()
                        .map(Condition::reason)
                        .toList());
    }

    @Test
    void whatWasDoneAndWhatChangedIsToldInEventsOfTheCluster() {
        Ground ground = Ground.ofThree().settle();

        assertThat(ground.api.all(Event.class))
                .allSatisfy(
                        event -> assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-first"))
                .extracting(Event::getReason)
                .contains("Created", "Founded", "ClaimsMarked", "AllNodesServe", "EveryShardServes");

        ground.nodes.stop(ground.address("demo-zone-a-0"));
        ground.settle();
        assertThat(ground.api.all(Event.class).filter(event -> event.getType().equals("Warning")))
                .extracting(Event::getReason)
                .contains("NodeDown", "NodesMissing");
    }

    @Test
    void claimsRememberWhoseDataTheyHold() {
        Ground ground = Ground.ofThree().settle();

        assertThat(ground.api.all(PersistentVolumeClaim.class)).hasSize(3).allSatisfy(claim -> {
            assertThat(claim.getMetadata().getAnnotations()).containsEntry(ClusterRef.CLUSTER_ID, "uid-first");
            assertThat(claim.getMetadata().getAnnotations()).containsKey(ClusterRef.NODE_ID);
            assertThat(claim.getMetadata().getOwnerReferences()).isEmpty();
        });
    }

    @Test
    void claimsBelongToTheClusterExactlyWhileTheyAreToGoWithIt() {
        Ground ground = Ground.ofThree().settle();

        ground.change("storage: {whenDeleted: Delete}");
        ground.settle();
        assertThat(ground.api.all(PersistentVolumeClaim.class))
                .flatExtracting(claim -> claim.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getUid)
                .containsExactly("uid-first", "uid-first", "uid-first");

        ground.change("storage: {whenDeleted: Retain}");
        ground.settle();
        assertThat(ground.api.all(PersistentVolumeClaim.class))
                .flatExtracting(claim -> claim.getMetadata().getOwnerReferences())
                .isEmpty();
        assertThat(ground.api.all(PersistentVolumeClaim.class))
                .allSatisfy(claim -> assertThat(claim.getMetadata().getAnnotations())
                        .containsEntry(ClusterRef.CLUSTER_ID, "uid-first"));
    }

    @Test
    void evictionsStopWhileANodeIsDown() {
        Ground ground = Ground.ofThree().settle();
        assertThat(budget(ground)).isEqualTo(new IntOrString(1));

        ground.nodes.stop(ground.address("demo-zone-a-0"));
        ground.settle();
        assertThat(budget(ground)).isEqualTo(new IntOrString(0));
        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("NodeDown");
        assertThat(ground.condition(ConditionType.AVAILABLE).status()).isEqualTo("True");

        ground.nodes.resume(ground.address("demo-zone-a-0"));
        ground.settle();
        assertThat(budget(ground)).isEqualTo(new IntOrString(1));
        assertThat(ground.condition(ConditionType.DEGRADED).status()).isEqualTo("False");
    }

    @Test
    void withoutAQuorumTheClusterIsNotAvailable() {
        Ground ground = Ground.ofThree().settle();

        ground.nodes.stop(ground.address("demo-zone-a-0"));
        ground.nodes.stop(ground.address("demo-zone-b-0"));
        ground.settle();

        assertThat(ground.condition(ConditionType.AVAILABLE).reason()).isEqualTo("QuorumMissing");
    }

    @Test
    void clusterOfOneHasNoBudget() {
        Ground ground = Ground.of("""
                replicas: 1
                zones: [{name: zone-a}]
                replication: {factor: 1}
                """).settle();

        assertThat(ground.api.all(PodDisruptionBudget.class)).isEmpty();
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void refusalOfTheApiServerIsToldAndRepeated() {
        Ground ground = Ground.ofThree();
        ground.plan(new Calls.Trouble(3, Calls.Moment.BEFORE, () -> FakeCluster.refused(403, "services is forbidden")));

        assertThat(ground.passOnce()).isFalse();
        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("ApiRefused");
        assertThat(ground.condition(ConditionType.DEGRADED).message()).contains("services is forbidden");

        ground.settle();
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    private static IntOrString budget(Ground ground) {
        return ground.api.get(PodDisruptionBudget.class, "demo").getSpec().getMaxUnavailable();
    }
}
