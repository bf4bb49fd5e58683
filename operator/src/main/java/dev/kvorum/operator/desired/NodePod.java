package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.PodSettings;
import dev.kvorum.crds.spec.Zone;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;

/** The pod of a node: one container that meets the restricted Pod Security profile. */
final class NodePod {

    private static final long USER = 10_001;
    private static final long GRACE_SECONDS = 60;

    private NodePod() {}

    static PodTemplateSpec template(Blueprint blueprint, Zone zone) {
        ClusterRef cluster = blueprint.cluster();
        PodSettings pod = blueprint.settled().pod();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(pod.labels())
                .addToLabels(cluster.labels())
                .addToLabels(cluster.selector(zone.name()))
                .withAnnotations(pod.annotations())
                .endMetadata()
                .withSpec(spec(blueprint, zone))
                .build();
    }

    private static PodSpec spec(Blueprint blueprint, Zone zone) {
        ClusterRef cluster = blueprint.cluster();
        PodSettings pod = blueprint.settled().pod();
        return new PodSpecBuilder()
                .withServiceAccountName(cluster.nodesService())
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNodeSelector(Placement.nodeSelector(zone))
                .withAffinity(Placement.affinity(blueprint))
                .withTolerations(
                        pod.tolerations().stream().map(NodePod::toleration).toList())
                .withPriorityClassName(pod.priorityClassName())
                .withImagePullSecrets(pod.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withSecurityContext(restricted())
                .withContainers(NodeContainer.of(blueprint, zone))
                .withVolumes(volumes(cluster))
                .build();
    }

    /** Any user id works as long as the group is 0; the volume is handed over once, not at each start. */
    private static PodSecurityContext restricted() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(0L)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static List<Volume> volumes(ClusterRef cluster) {
        return List.of(
                new VolumeBuilder()
                        .withName(NodeContainer.CONFIG)
                        .withNewConfigMap()
                        .withName(cluster.configMap())
                        .addNewItem()
                        .withKey(NodeConfigMap.SETTINGS)
                        .withPath(NodeConfigMap.SETTINGS)
                        .endItem()
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName(NodeContainer.ADMIN)
                        .withNewSecret()
                        .withSecretName(cluster.adminSecret())
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName(NodeContainer.SCRATCH)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build());
    }

    private static Toleration toleration(PodSettings.Toleration toleration) {
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(toleration.operator())
                .withValue(toleration.value())
                .withEffect(toleration.effect())
                .withTolerationSeconds(toleration.tolerationSeconds())
                .build();
    }
}
