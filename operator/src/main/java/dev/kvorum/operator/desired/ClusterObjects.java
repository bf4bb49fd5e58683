package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** All objects of a cluster, in the order in which they are needed: what a pod mounts comes before the pod. */
public final class ClusterObjects {

    private ClusterObjects() {}

    public static List<HasMetadata> of(Blueprint blueprint) {
        var objects = new ArrayList<HasMetadata>();
        objects.add(NodeServiceAccount.of(blueprint));
        objects.add(AdminSecret.of(blueprint));
        objects.add(NodeConfigMap.of(blueprint));
        objects.add(NodesService.of(blueprint));
        objects.add(ClientService.of(blueprint));
        objects.add(NodeNetworkPolicy.of(blueprint));
        blueprint.disruptions().ifPresent(budget -> objects.add(DisruptionBudget.of(blueprint, budget)));
        blueprint.topology().zones().forEach(zone -> objects.add(ZoneStatefulSet.of(blueprint, zone.zone())));
        return objects;
    }
}
