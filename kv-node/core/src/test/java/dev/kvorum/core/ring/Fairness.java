package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether the loads of a table are fair, judged without the planner's arithmetic: the exact shares are found by halving
 * the level to which all nodes are filled, and each load must be its share rounded down or up.
 */
final class Fairness {

    private static final double TINY = 1e-6;

    private final int factor;
    private final List<RingNode> nodes;
    private final List<List<NodeId>> table;

    Fairness(int factor, List<RingNode> nodes, List<List<NodeId>> table) {
        this.factor = factor;
        this.nodes = nodes;
        this.table = table;
    }

    /** The smallest limit per zone with which a shard finds {@code factor} nodes, the even share at least. */
    static int perZone(int factor, List<RingNode> nodes) {
        List<String> zones = nodes.stream().map(RingNode::zone).toList();
        long distinct = zones.stream().distinct().count();
        return IntStream.rangeClosed(1, factor)
                .filter(limit -> limit * distinct >= factor)
                .filter(limit -> zones.stream()
                                .distinct()
                                .mapToLong(zone -> Math.min(limit, size(zones, zone)))
                                .sum()
                        >= factor)
                .findFirst()
                .orElseThrow();
    }

    /** The exact share of each node. */
    static double[] shares(int factor, List<RingNode> nodes, int shards) {
        double level = levelFor(nodes, shards, shards * factor, everyZoneLimit(factor, nodes, shards));
        double[] shares = new double[nodes.size()];
        for (int i = 0; i < shares.length; i++) {
            String zone = nodes.get(i).zone();
            List<RingNode> members =
                    nodes.stream().filter(node -> node.zone().equals(zone)).toList();
            double limit = everyZoneLimit(factor, nodes, shards);
            double own = filled(members, shards, level, Double.MAX_VALUE) > limit
                    ? levelFor(members, shards, limit, Double.MAX_VALUE)
                    : level;
            shares[i] = Math.min(shards, own * nodes.get(i).weight());
        }
        return shares;
    }

    void check(String where) {
        double[] shares = shares(factor, nodes, table.size());
        for (int i = 0; i < shares.length; i++) {
            NodeId id = nodes.get(i).id();
            long load = table.stream().filter(set -> set.contains(id)).count();
            long homes = table.stream().filter(set -> set.getFirst().equals(id)).count();
            assertThat(Math.abs(load - shares[i]))
                    .as("%s, load of %s", where, id)
                    .isLessThan(1 - TINY / 2);
            assertThat(homes).as("%s, homes of %s", where, id).isBetween(load / factor, (load + factor - 1) / factor);
        }
    }

    private static double everyZoneLimit(int factor, List<RingNode> nodes, int shards) {
        return (double) perZone(factor, nodes) * shards;
    }

    private static double levelFor(List<RingNode> nodes, int shards, double amount, double zoneLimit) {
        double low = 0;
        double high = shards;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            if (filled(nodes, shards, middle, zoneLimit) < amount) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double filled(List<RingNode> nodes, int shards, double level, double zoneLimit) {
        return nodes.stream()
                .map(RingNode::zone)
                .distinct()
                .mapToDouble(zone -> Math.min(
                        zoneLimit,
                        nodes.stream()
                                .filter(node -> node.zone().equals(zone))
                                .mapToDouble(node -> Math.min(shards, level * node.weight()))
                                .sum()))
                .sum();
    }

    private static long size(List<String> zones, String zone) {
        return zones.stream().filter(zone::equals).count();
    }
}
