package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** The account of the nodes: it may do nothing, and no pod gets its token. */
final class NodeServiceAccount {

    private NodeServiceAccount() {}

    static ServiceAccount of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new ServiceAccountBuilder()
                .withMetadata(cluster.metadata(cluster.nodesService()).build())
                .withAutomountServiceAccountToken(false)
                .build());
    }
}
