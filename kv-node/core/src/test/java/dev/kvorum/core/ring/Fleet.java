package dev.kvorum.core.ring;

import java.util.ArrayList;
import java.util.List;

/** Nodes for tests: their id follows from a number, their ports are all the same. */
final class Fleet {

    static final Ports PORTS = new Ports(8080, 6379, 7600, 7601, 9600);

    private Fleet() {}

    static NodeId id(int number) {
        return new NodeId(0x9E37_79B9_7F4A_7C15L * (number + 1), 0, number);
    }

    static RingNode node(int number, String zone, int weight) {
        return new RingNode(id(number), "node-" + number, zone, weight, "node-" + number + ".local", PORTS);
    }

    /** As many nodes of weight 1, dealt to {@code zones} zones in turn. */
    static List<RingNode> even(int nodes, int zones) {
        List<RingNode> fleet = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            fleet.add(node(i, "zone-" + i % zones, 1));
        }
        return fleet;
    }

    static Bootstrap document(int shards, int factor, List<RingNode> nodes) {
        return new Bootstrap(
                "cluster-1",
                1,
                shards,
                factor,
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                nodes,
                List.of(nodes.getFirst().id()),
                List.of(BucketSettings.named("default")));
    }
}
