package dev.kvorum.core.ring;

import dev.kvorum.core.ring.PlacementPlan.NodeFull;
import dev.kvorum.core.ring.PlacementPlan.Warning;
import dev.kvorum.core.ring.PlacementPlan.ZoneFull;
import dev.kvorum.core.ring.PlacementPlan.ZonesTooSmall;
import dev.kvorum.core.step.Invariants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shares by weight as far as distinct nodes and distinct zones permit. All nodes are filled at a rate equal to their
 * weight; a node stops when it holds every shard, a zone when every shard has as many replicas there as it may (max-min
 * fairness, by progressive filling). What remains after rounding down goes to the largest remainders, in a full zone to
 * those of that zone. All in exact integers.
 *
 * <p>Shares found so can always be placed: giving each shard an equal part of every node's share breaks no limit, and a
 * flow with integral limits that has a solution has an integral one.
 */
final class Apportionment {

    private static final int OPEN = 0;
    private static final int FULL = -1;

    private final int shards;
    private final int factor;
    private final List<RingNode> nodes;
    private final int[] zoneStart;
    private final int perZone;
    private final List<Warning> warnings = new ArrayList<>();

    /**
     * For each node {@link #OPEN}, {@link #FULL}, or zone + 1 once its zone is full: nodes of a group share one amount.
     */
    private final int[] group;

    private final long[] groupAmount;
    private final long[] groupWeight;

    /** Of nodes in the order of {@link RingNode#ORDER}. */
    Apportionment(int shards, int factor, List<RingNode> nodes) {
        this.shards = shards;
        this.factor = factor;
        this.nodes = nodes;
        this.zoneStart = IntStream.rangeClosed(0, nodes.size())
                .filter(n -> n == 0 || n == nodes.size() || !zone(n).equals(zone(n - 1)))
                .toArray();
        this.perZone = leastPerZone();
        this.group = new int[nodes.size()];
        this.groupAmount = new long[zones() + 1];
        this.groupWeight = new long[zones() + 1];
        groupAmount[OPEN] = (long) shards * factor;
        groupWeight[OPEN] = nodes.stream().mapToLong(RingNode::weight).sum();
    }

    Quotas quotas() {
        warnOfSmallZones();
        while (closeEarliest()) {}
        int[] floor = new int[nodes.size()];
        for (int node = 0; node < floor.length; node++) {
            floor[node] = group[node] == FULL ? shards : (int) (claim(node) / groupWeight[group[node]]);
        }
        return new Quotas(factor, perZone, zoneStart, floor, extras(floor));
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** Closes the node or zone that fills up first, if one does before all is given out. */
    private boolean closeEarliest() {
        long amount = groupAmount[OPEN];
        long weight = groupWeight[OPEN];
        int fullNode = -1;
        int fullZone = -1;
        for (int node = 0; node < nodes.size(); node++) {
            if (group[node] == OPEN && shards * weight < amount * weight(node)) {
                amount = shards;
                weight = weight(node);
                fullNode = node;
            }
        }
        for (int zone = 0; zone < zones(); zone++) {
            if (zoneLimits(zone) && zoneRest(zone) * weight <= amount * openWeight(zone)) {
                amount = zoneRest(zone);
                weight = openWeight(zone);
                fullZone = zone;
            }
        }
        if (fullZone >= 0) {
            closeZone(fullZone);
        } else if (fullNode >= 0) {
            closeNode(fullNode);
        }
        return fullZone >= 0 || fullNode >= 0;
    }

    private void closeNode(int node) {
        if (byWeight(weight(node)) > shards) {
            warnings.add(new NodeFull(nodes.get(node).name(), byWeight(weight(node)), shards));
        }
        group[node] = FULL;
        groupAmount[OPEN] -= shards;
        groupWeight[OPEN] -= weight(node);
    }

    private void closeZone(int zone) {
        long zoneWeight = 0;
        long rest = zoneRest(zone);
        long open = openWeight(zone);
        for (int node = zoneStart[zone]; node < zoneStart[zone + 1]; node++) {
            zoneWeight += weight(node);
            group[node] = group[node] == OPEN ? zone + 1 : group[node];
        }
        if (byWeight(zoneWeight) > zoneLimit(zone)) {
            warnings.add(new ZoneFull(zone(zoneStart[zone]), byWeight(zoneWeight), zoneLimit(zone)));
        }
        groupAmount[zone + 1] = rest;
        groupWeight[zone + 1] = open;
        groupAmount[OPEN] -= rest;
        groupWeight[OPEN] -= open;
    }

    /**
     * Pools of equal remainders. Largest remainders first, but never more in a zone than it has room for: zones within
     * groups are nested limits (a laminar matroid), where taking the best first gives each remainder its most, whoever
     * gets it.
     */
    private Quotas.Pools extras(int[] floor) {
        long[] rest = groupAmount.clone();
        long[] room = new long[zones()];
        for (int zone = 0; zone < zones(); zone++) {
            room[zone] = zoneLimit(zone);
        }
        for (int node = 0; node < floor.length; node++) {
            room[zoneOf(node)] -= floor[node];
            if (group[node] != FULL) {
                rest[group[node]] -= floor[node];
            }
        }
        Quotas.Pools pools = new Quotas.Pools(floor.length);
        int previous = -1;
        for (int node : byRemainder()) {
            if (previous < 0 || group[previous] != group[node] || remainder(previous) != remainder(node)) {
                pools.open();
            }
            previous = node;
            pools.join(node);
            if (rest[group[node]] > 0 && room[zoneOf(node)] > 0) {
                rest[group[node]]--;
                room[zoneOf(node)]--;
                pools.grow();
            }
        }
        Invariants.check(Arrays.stream(rest).sum() == 0, "replicas without a node: %s", Arrays.toString(rest));
        return pools;
    }

    private int[] byRemainder() {
        return IntStream.range(0, nodes.size())
                .filter(node -> group[node] != FULL && remainder(node) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(node -> group[node])
                        .thenComparingLong(node -> -remainder(node))
                        .thenComparingInt(node -> node))
                .mapToInt(node -> node)
                .toArray();
    }

    /**
     * The smallest limit per zone with which every shard finds enough nodes; the even share unless zones are too small.
     */
    private int leastPerZone() {
        int limit = evenPerZone();
        while (placesPerShard(limit) < factor) {
            limit++;
        }
        return limit;
    }

    private int placesPerShard(int limit) {
        int places = 0;
        for (int zone = 0; zone < zones(); zone++) {
            places += Math.min(limit, zoneSize(zone));
        }
        return places;
    }

    private void warnOfSmallZones() {
        if (perZone > evenPerZone()) {
            warnings.add(new ZonesTooSmall(perZone, evenPerZone()));
        }
    }

    private int evenPerZone() {
        return (factor + zones() - 1) / zones();
    }

    /** The part of its group's amount that a node may claim, times the group's weight. */
    private long claim(int node) {
        return groupAmount[group[node]] * weight(node);
    }

    private long remainder(int node) {
        return claim(node) % groupWeight[group[node]];
    }

    private long byWeight(long weight) {
        long all = nodes.stream().mapToLong(RingNode::weight).sum();
        return (long) shards * factor * weight / all;
    }

    private boolean zoneLimits(int zone) {
        return perZone < zoneSize(zone) && openWeight(zone) > 0;
    }

    private long zoneLimit(int zone) {
        return (long) shards * Math.min(perZone, zoneSize(zone));
    }

    private long zoneRest(int zone) {
        long full = IntStream.range(zoneStart[zone], zoneStart[zone + 1])
                .filter(node -> group[node] == FULL)
                .count();
        return zoneLimit(zone) - full * shards;
    }

    private long openWeight(int zone) {
        return IntStream.range(zoneStart[zone], zoneStart[zone + 1])
                .filter(node -> group[node] == OPEN)
                .mapToLong(this::weight)
                .sum();
    }

    private int zones() {
        return zoneStart.length - 1;
    }

    private int zoneSize(int zone) {
        return zoneStart[zone + 1] - zoneStart[zone];
    }

    private int zoneOf(int node) {
        int at = Arrays.binarySearch(zoneStart, node);
        return at >= 0 ? at : -at - 2;
    }

    private String zone(int node) {
        return nodes.get(node).zone();
    }

    private long weight(int node) {
        return nodes.get(node).weight();
    }
}
