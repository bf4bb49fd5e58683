package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.ServiceSettings;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Where clients connect: any ready node, the two client doors and nothing else. */
final class ClientService {

    private ClientService() {}

    static Service of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        ServiceSettings settings = blueprint.spec().service();
        return Stamp.on(new ServiceBuilder()
                .withMetadata(cluster.metadata(cluster.clientService())
                        .withAnnotations(settings.annotations())
                        .build())
                .withNewSpec()
                .withType(
                        switch (settings.type()) {
                            case CLUSTER_IP -> "ClusterIP";
                            case NODE_PORT -> "NodePort";
                            case LOAD_BALANCER -> "LoadBalancer";
                        })
                .withSelector(cluster.selector())
                .withPorts(Doors.HTTP.servicePort(blueprint.site()), Doors.RESP.servicePort(blueprint.site()))
                .endSpec()
                .build());
    }
}
