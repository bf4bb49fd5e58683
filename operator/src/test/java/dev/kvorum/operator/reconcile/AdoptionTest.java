package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.ConditionType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Volumes that outlive their KVCluster, its status, or their content. */
class AdoptionTest {

    private static final String THREE = """
            replicas: 3
            zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
            """;

    @Test
    void clusterMadeAgainOverKeptVolumesFindsItsRing() {
        Ground ground = Ground.of(THREE).settle();
        var documents = ground.nodes.accepted();

        deleteCluster(ground);
        ground.ask("uid-second", THREE);
        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.cluster().getStatus().clusterId()).isEqualTo("uid-first");
        assertThat(ground.nodes.accepted()).isEqualTo(documents);
    }

    @Test
    void clusterMadeAgainWithAnotherSizeStartsTheNodesOfItsRing() {
        Ground ground = Ground.of(THREE).settle();

        deleteCluster(ground);
        ground.ask("uid-second", THREE.replace("replicas: 3", "replicas: 6"));
        ground.settle();

        assertThat(ground.api.all(Pod.class)).hasSize(3);
        assertThat(ground.condition(ConditionType.SCALING_LIMITED).reason()).isEqualTo("RingChangeUnavailable");
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void lostStatusIsRebuilt() {
        Ground ground = Ground.of(THREE).settle();

        ground.api.edit(KVCluster.class, "demo", cluster -> cluster.setStatus(null));
        ground.settle();

        assertThat(ground.cluster().getStatus().clusterId()).isEqualTo("uid-first");
        assertThat(ground.cluster().getStatus().phase()).isEqualTo("Ready");
    }

    @Test
    void lostMemoryOfEverythingButTheNodesIsRebuilt() {
        Ground ground = Ground.of(THREE).settle();
        int sent = ground.nodes.sent();

        ground.api.edit(KVCluster.class, "demo", cluster -> cluster.setStatus(null));
        ground.api.edit(ConfigMap.class, "demo-config", map -> map.getData().clear());
        claims(ground)
                .forEach(claim -> ground.api.edit(
                        PersistentVolumeClaim.class,
                        claim.getMetadata().getName(),
                        live -> live.getMetadata().setAnnotations(null)));
        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.nodes.sent()).isEqualTo(sent);
        assertThat(claims(ground))
                .allSatisfy(claim -> assertThat(claim.getMetadata().getAnnotations())
                        .containsEntry(ClusterRef.CLUSTER_ID, "uid-first"));
    }

    @Test
    void volumesOfDifferentClustersStopEverything() {
        Ground ground = Ground.of(THREE);
        ground.runOnce();
        ground.runOnce();
        BootstrapDocument other = document("uid-other", "demo-zone-a-0");
        ground.nodes.foreign(ground.claimUid("demo-zone-a-0"), "demo-zone-a-0", other);
        ground.nodes.foreign(ground.claimUid("demo-zone-b-0"), "demo-zone-b-0", document("uid-third", "demo-zone-b-0"));

        ground.settle();

        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("ForeignVolumes");
        assertThat(ground.condition(ConditionType.DEGRADED).message())
                .contains("demo-zone-a-0 says uid-other", "demo-zone-b-0 says uid-third");
        assertThat(ground.nodes.sent()).isZero();
        assertThat(claims(ground))
                .allSatisfy(claim ->
                        assertThat(claim.getMetadata().getAnnotations()).isNullOrEmpty());
    }

    @Test
    void emptyVolumeInAFoundedRingIsToldItsPlace() {
        Ground ground = Ground.of(THREE).settle();

        ground.nodes.empty(ground.claimUid("demo-zone-b-0"));
        ground.settle();

        assertThat(ground.nodes.accepted()).hasSize(3);
    }

    @Test
    void ringIsNotFoundedAgainOverVolumesThatAllCameBackEmpty() {
        Ground ground = Ground.of(THREE).settle();

        Stream.of("demo-zone-a-0", "demo-zone-b-0", "demo-zone-c-0")
                .forEach(pod -> ground.nodes.empty(ground.claimUid(pod)));
        ground.settle();

        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("EmptyVolume");
        assertThat(ground.nodes.accepted()).isEmpty();
    }

    @Test
    void fencedNodeIsNamedWithItsReason() {
        Ground ground = Ground.of(THREE).settle();

        ground.nodes.fence(ground.claimUid("demo-zone-c-0"), "000017.sst is damaged");
        ground.settle();

        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("NodeFenced");
        assertThat(ground.condition(ConditionType.DEGRADED).message()).contains("demo-zone-c-0", "000017.sst");
    }

    @Test
    void keptVolumesWaitForAQuorumOfTheirVoters() {
        Ground ground = Ground.of(THREE).settle();
        deleteCluster(ground);
        ground.ask("uid-second", THREE);
        ground.nodes.stop(ground.address("demo-zone-a-0"));
        ground.nodes.stop(ground.address("demo-zone-b-0"));

        ground.settle();

        assertThat(ground.condition(ConditionType.PROGRESSING).reason()).isEqualTo("VotersMissing");
        assertThat(ground.condition(ConditionType.PROGRESSING).message()).contains("demo-zone-a-0", "demo-zone-b-0");
    }

    @Test
    void volumeLostBeforeAnyNodeAcceptedIsFoundedAnew() {
        Ground ground = Ground.of(THREE);
        ground.runOnce();
        ground.runOnce();
        ground.nodes.empty(ground.claimUid("demo-zone-a-0"));

        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    /** Everything that a KVCluster owns goes with it; claims stay. */
    private static void deleteCluster(Ground ground) {
        List<? extends HasMetadata> owned =
                Observer.OWNED.stream().flatMap(type -> ground.api.all(type)).toList();
        owned.forEach(object ->
                ground.api.delete(object.getClass(), object.getMetadata().getName()));
        ground.api.delete(KVCluster.class, "demo");
        ground.stopPods();
    }

    private static List<PersistentVolumeClaim> claims(Ground ground) {
        return ground.api.all(PersistentVolumeClaim.class).toList();
    }

    private static BootstrapDocument document(String clusterId, String pod) {
        Ground other = Ground.of(THREE).settle();
        BootstrapDocument founding =
                Objects.requireNonNull(other.nodes.accepted().get(other.claimUid(pod)));
        return new BootstrapDocument(
                clusterId,
                founding.generation(),
                founding.shards(),
                founding.factor(),
                founding.read(),
                founding.write(),
                founding.durability(),
                founding.nodes(),
                founding.voters(),
                founding.buckets());
    }
}
