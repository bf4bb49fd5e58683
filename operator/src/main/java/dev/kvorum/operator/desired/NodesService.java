package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Arrays;

/** Gives every node a name of its own, also before it is ready: peers must meet to become ready. */
final class NodesService {

    private NodesService() {}

    static Service of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new ServiceBuilder()
                .withMetadata(cluster.metadata(cluster.nodesService()).build())
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(cluster.selector())
                .withPorts(Arrays.stream(Doors.values())
                        .map(door -> door.servicePort(blueprint.site()))
                        .toList())
                .endSpec()
                .build());
    }
}
