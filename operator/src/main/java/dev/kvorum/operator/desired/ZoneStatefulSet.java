package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import java.util.Map;

/**
 * The nodes of one zone. Kubernetes starts them all at once and never restarts or forgets one by itself: when a pod
 * goes
 * for a change, and what becomes of a volume, is the operator's decision.
 */
final class ZoneStatefulSet {

    private ZoneStatefulSet() {}

    static StatefulSet of(Blueprint blueprint, String zone) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new StatefulSetBuilder()
                .withMetadata(cluster.metadata(cluster.statefulSet(zone))
                        .addToLabels(ClusterRef.ZONE, zone)
                        .addToAnnotations(Settled.KEY, blueprint.settled().json())
                        .build())
                .withSpec(spec(blueprint, zone))
                .build());
    }

    private static StatefulSetSpec spec(Blueprint blueprint, String zone) {
        ClusterRef cluster = blueprint.cluster();
        return new StatefulSetSpecBuilder()
                .withServiceName(cluster.nodesService())
                .withReplicas(blueprint.topology().nodes(zone))
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withNewPersistentVolumeClaimRetentionPolicy()
                .withWhenDeleted("Retain")
                .withWhenScaled("Retain")
                .endPersistentVolumeClaimRetentionPolicy()
                .withNewSelector()
                .withMatchLabels(cluster.selector(zone))
                .endSelector()
                .withTemplate(NodePod.template(blueprint, blueprint.zone(zone)))
                .withVolumeClaimTemplates(claim(blueprint, zone))
                .build();
    }

    private static PersistentVolumeClaim claim(Blueprint blueprint, String zone) {
        ClusterRef cluster = blueprint.cluster();
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(NodeContainer.DATA)
                .withLabels(cluster.labels())
                .addToLabels(ClusterRef.ZONE, zone)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Filesystem")
                .withStorageClassName(blueprint.settled().storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(blueprint.settled().volumeSize())))
                .endResources()
                .endSpec()
                .build();
    }
}
