package dev.kvorum.operator.fake;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The StatefulSet controller, the scheduler and the kubelets, as far as a cluster of nodes meets them. */
final class Controllers {

    private final FakeCluster api;
    private final FakeNodes nodes;
    private final Map<String, String> addresses = new TreeMap<>();
    private final Set<String> broken = new HashSet<>();

    Controllers(FakeCluster api, FakeNodes nodes) {
        this.api = api;
        this.nodes = nodes;
    }

    /** Pods made from this image never run. */
    void breakImage(String image) {
        broken.add(image);
    }

    String address(String pod) {
        return addresses.computeIfAbsent(pod, name -> "10.0.0." + (addresses.size() + 1));
    }

    void step() {
        api.all(StatefulSet.class).forEach(this::runStatefulSet);
        api.all(Pod.class).forEach(this::runPod);
        api.all(Pod.class)
                .filter(pod -> !api.has(StatefulSet.class, owner(pod)))
                .forEach(pod -> api.delete(Pod.class, pod.getMetadata().getName()));
    }

    private static String owner(Pod pod) {
        String name = pod.getMetadata().getName();
        return name.substring(0, name.lastIndexOf('-'));
    }

    private void runStatefulSet(StatefulSet set) {
        String name = set.getMetadata().getName();
        String revision = name + "-"
                + Integer.toHexString(
                        Serialization.asJson(set.getSpec().getTemplate()).hashCode());
        api.edit(
                StatefulSet.class,
                name,
                live -> live.setStatus(new StatefulSetStatusBuilder()
                        .withUpdateRevision(revision)
                        .withObservedGeneration(set.getMetadata().getGeneration())
                        .build()));
        for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
            String pod = name + "-" + ordinal;
            if (!api.has(PersistentVolumeClaim.class, "data-" + pod)) {
                api.put(claim(set, pod));
            }
            if (!api.has(Pod.class, pod)) {
                api.put(pod(set, pod, revision));
            }
        }
    }

    private static PersistentVolumeClaim claim(StatefulSet set, String pod) {
        return new PersistentVolumeClaimBuilder(
                        set.getSpec().getVolumeClaimTemplates().getFirst())
                .editMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName("data-" + pod)
                .endMetadata()
                .build();
    }

    private static Pod pod(StatefulSet set, String name, String revision) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                .addToLabels("controller-revision-hash", revision)
                .endMetadata()
                .withSpec(set.getSpec().getTemplate().getSpec())
                .build();
    }

    private void runPod(Pod pod) {
        String name = pod.getMetadata().getName();
        String address = address(name);
        boolean runs = !broken.contains(pod.getSpec().getContainers().getFirst().getImage());
        if (runs) {
            nodes.start(
                    api.get(PersistentVolumeClaim.class, "data-" + name)
                            .getMetadata()
                            .getUid(),
                    name,
                    address);
        }
        boolean ready = runs && nodes.isServing(address);
        String image = pod.getSpec().getContainers().getFirst().getImage();
        api.edit(Pod.class, name, live -> live.setStatus(status(image, runs ? address : null, ready)));
    }

    /** As the kubelet tells it; a pod without an address is one whose image cannot be pulled. */
    private static PodStatus status(String image, @Nullable String address, boolean ready) {
        return new PodStatusBuilder()
                .withPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .addNewContainerStatus()
                .withName("kv-node")
                .withImage(image)
                .withState(address == null ? waiting() : running())
                .endContainerStatus()
                .build();
    }

    private static ContainerState running() {
        return new ContainerStateBuilder().withNewRunning().endRunning().build();
    }

    private static ContainerState waiting() {
        return new ContainerStateBuilder()
                .withWaiting(new ContainerStateWaiting(null, "ErrImagePull"))
                .build();
    }
}
