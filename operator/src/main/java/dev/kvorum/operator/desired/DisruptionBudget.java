package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** One budget for the whole ring: evictions in two zones at once would cost a quorum. */
final class DisruptionBudget {

    private DisruptionBudget() {}

    static PodDisruptionBudget of(Blueprint blueprint, int disruptions) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new PodDisruptionBudgetBuilder()
                .withMetadata(cluster.metadata(cluster.name()).build())
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(disruptions))
                .withNewSelector()
                .withMatchLabels(cluster.selector())
                .endSelector()
                .endSpec()
                .build());
    }
}
