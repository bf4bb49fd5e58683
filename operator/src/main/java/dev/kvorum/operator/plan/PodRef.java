package dev.kvorum.operator.plan;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.observe.PodSeen;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** A pod by name and uid, for actions on it. */
final class PodRef {

    private PodRef() {}

    static Pod of(ClusterRef cluster, PodSeen pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .endMetadata()
                .build();
    }
}
