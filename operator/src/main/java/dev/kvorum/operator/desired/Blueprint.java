package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.Zone;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything the objects of one cluster are made from.
 *
 * @param settled what the running nodes were made from
 * @param topology the nodes that run, or are to run
 * @param document the bootstrap document once it is decided, as JSON
 * @param disruptions pods that may be evicted at a time; empty: no budget, because there is no second node
 * @param site where the operator itself stands
 */
public record Blueprint(
        ClusterRef cluster,
        KVClusterSpec spec,
        Settled settled,
        Topology topology,
        Optional<String> document,
        OptionalInt disruptions,
        Site site) {

    /** The zone as settled; a zone that no record describes is one by label. */
    Zone zone(String name) {
        return settled.zones().stream()
                .filter(zone -> zone.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Zone(name, 1, null));
    }

    /**
     * Where the operator stands.
     *
     * @param namespace of the operator itself
     * @param adminPort port of the nodes' admin door
     */
    public record Site(String namespace, int adminPort) {}
}
