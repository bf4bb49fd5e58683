package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.Zone;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** On which hosts the nodes of a zone may run. */
public final class Placement {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final int STRONGEST = 100;

    private Placement() {}

    /** Labels that a host of this zone carries; none for a logical zone. */
    public static Map<String, String> nodeSelector(Zone zone) {
        return Objects.requireNonNullElse(zone.nodeSelector(), Map.of("topology.kubernetes.io/zone", zone.name()));
    }

    /**
     * Nodes keep away from each other's hosts: as a wish, and as a must where zones are fewer than copies and two
     * copies
     * could else share a host. What the user asks for comes on top.
     */
    static Affinity affinity(Blueprint blueprint) {
        Map<String, Object> asked =
                Objects.requireNonNullElse(blueprint.settled().pod().affinity(), Map.of());
        Affinity affinity = JSON.convertValue(asked, Affinity.class);
        PodAntiAffinity apart = Objects.requireNonNullElseGet(affinity.getPodAntiAffinity(), PodAntiAffinity::new);
        PodAffinityTerm otherHost = new PodAffinityTermBuilder()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .withMatchLabels(blueprint.cluster().selector())
                .endLabelSelector()
                .build();
        if (blueprint.topology().zones().size() < blueprint.spec().replication().factor()) {
            apart.setRequiredDuringSchedulingIgnoredDuringExecution(
                    with(apart.getRequiredDuringSchedulingIgnoredDuringExecution(), otherHost));
        } else {
            apart.setPreferredDuringSchedulingIgnoredDuringExecution(with(
                    apart.getPreferredDuringSchedulingIgnoredDuringExecution(),
                    new WeightedPodAffinityTerm(otherHost, STRONGEST)));
        }
        affinity.setPodAntiAffinity(apart);
        return affinity;
    }

    private static <T> List<T> with(List<T> list, T more) {
        var all = new ArrayList<>(list);
        all.add(more);
        return all;
    }
}
