package dev.kvorum.core.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best tables of a tiny cluster, found by trying every replica set for every shard. Tables are told apart only by
 * how much each node holds: for every such outcome the fewest moves that lead there.
 */
final class TriedPlans {

    private static final double TINY = 1e-6;

    private final int factor;
    private final List<RingNode> nodes;
    private final List<List<NodeId>> before;

    TriedPlans(int factor, List<RingNode> nodes, List<List<NodeId>> before) {
        this.factor = factor;
        this.nodes = nodes;
        this.before = before;
    }

    /**
     * The fewest moves among the tables that fill every zone whose exact share is its limit, and whose loads come as
     * close as possible to the exact shares.
     */
    int fewestMoves() {
        Map<List<Integer>, Integer> outcomes = new HashMap<>();
        outcomes.put(loads(new int[nodes.size()]), 0);
        for (List<NodeId> held : before) {
            outcomes = step(outcomes, sets(), set -> newcomers(held, set));
        }
        double[] shares = Fairness.shares(factor, nodes, before.size());
        outcomes.keySet().removeIf(loads -> !fillsFullZones(loads, shares));
        double closest = outcomes.keySet().stream()
                .mapToDouble(loads -> distance(loads, shares))
                .min()
                .orElseThrow();
        return outcomes.entrySet().stream()
                .filter(outcome -> distance(outcome.getKey(), shares) <= closest + TINY)
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElseThrow();
    }

    /** The fewest homes that change among all ways to give every node the N-th part of what it holds, rounded. */
    int fewestHomeMoves(List<List<NodeId>> table) {
        Map<List<Integer>, Integer> outcomes = new HashMap<>();
        outcomes.put(loads(new int[nodes.size()]), 0);
        for (int shard = 0; shard < table.size(); shard++) {
            List<NodeId> oldHome = before.get(shard).stream().limit(1).toList();
            List<int[]> homes = table.get(shard).stream()
                    .map(home -> new int[] {numberOf(home)})
                    .toList();
            outcomes = step(outcomes, homes, set -> newcomers(oldHome, set));
        }
        return outcomes.entrySet().stream()
                .filter(outcome -> homesAreEven(outcome.getKey(), table))
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElseThrow();
    }

    private boolean fillsFullZones(List<Integer> loads, double[] shares) {
        double limit = Fairness.perZone(factor, nodes) * before.size();
        for (String zone : nodes.stream().map(RingNode::zone).distinct().toList()) {
            double share = 0;
            int load = 0;
            for (int node = 0; node < shares.length; node++) {
                boolean inZone = nodes.get(node).zone().equals(zone);
                share += inZone ? shares[node] : 0;
                load += inZone ? loads.get(node) : 0;
            }
            if (share > limit - TINY && load < limit) {
                return false;
            }
        }
        return true;
    }

    private boolean homesAreEven(List<Integer> homes, List<List<NodeId>> table) {
        for (int node = 0; node < nodes.size(); node++) {
            NodeId id = nodes.get(node).id();
            int load = (int) table.stream().filter(set -> set.contains(id)).count();
            if (homes.get(node) < load / factor || homes.get(node) > (load + factor - 1) / factor) {
                return false;
            }
        }
        return true;
    }

    private Map<List<Integer>, Integer> step(Map<List<Integer>, Integer> outcomes, List<int[]> choices, Cost cost) {
        Map<List<Integer>, Integer> next = new HashMap<>();
        outcomes.forEach((loads, moves) -> choices.forEach(choice -> {
            int[] more = loads.stream().mapToInt(load -> load).toArray();
            Arrays.stream(choice).forEach(node -> more[node]++);
            next.merge(loads(more), moves + cost.of(choice), Math::min);
        }));
        return next;
    }

    /** Every set of as many nodes as there are replicas that respects the limit per zone. */
    private List<int[]> sets() {
        List<int[]> sets = new ArrayList<>();
        int perZone = Fairness.perZone(factor, nodes);
        for (int bits = 0; bits < 1 << nodes.size(); bits++) {
            int[] set = new int[Integer.bitCount(bits)];
            for (int rest = bits, at = 0; rest != 0; rest &= rest - 1) {
                set[at++] = Integer.numberOfTrailingZeros(rest);
            }
            if (set.length == factor && mostInOneZone(set) <= perZone) {
                sets.add(set);
            }
        }
        return sets;
    }

    private int mostInOneZone(int[] set) {
        Map<String, Integer> counts = new HashMap<>();
        Arrays.stream(set).forEach(node -> counts.merge(nodes.get(node).zone(), 1, Integer::sum));
        return counts.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    private int newcomers(List<NodeId> held, int[] set) {
        return (int) Arrays.stream(set)
                .filter(node -> !held.contains(nodes.get(node).id()))
                .count();
    }

    private int numberOf(NodeId id) {
        return nodes.stream().map(RingNode::id).toList().indexOf(id);
    }

    private static double distance(List<Integer> loads, double[] shares) {
        double distance = 0;
        for (int node = 0; node < shares.length; node++) {
            distance += (loads.get(node) - shares[node]) * (loads.get(node) - shares[node]);
        }
        return distance;
    }

    private static List<Integer> loads(int[] loads) {
        return Arrays.stream(loads).boxed().toList();
    }

    private interface Cost {
        int of(int[] choice);
    }
}
