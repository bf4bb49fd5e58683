package dev.kvorum.core.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which nodes hold which shard: a pure function of the nodes wanted and of the table there is.
 *
 * <p>Every shard gets N distinct nodes, in distinct zones where there are at least N; every node its share by weight,
 * rounded down or up ({@link Apportionment}); and no other table of that kind moves fewer replicas
 * ({@link PlacementFlow}). Then each set is ordered so that every node is the home of its share of shards, again
 * rounded down or up, changing as few homes as possible. The same input gives the same plan in every process, in
 * whatever order the nodes are named.
 */
public final class Placement {

    private final List<RingNode> nodes;
    private final List<List<NodeId>> current;
    private final Map<NodeId, Integer> numbers = new HashMap<>();

    private Placement(List<RingNode> nodes, List<List<NodeId>> current) {
        this.nodes = nodes.stream().sorted(RingNode.ORDER).toList();
        this.current = current;
        for (RingNode node : this.nodes) {
            boolean first = numbers.put(node.id(), numbers.size()) == null;
            Checks.require(first, "id of two nodes", node.id(), "name each node once");
        }
    }

    /** Places {@code shards} shards that nobody holds yet. */
    public static PlacementPlan fresh(int shards, int factor, List<RingNode> nodes) {
        return plan(factor, nodes, Collections.nCopies(shards, List.of()));
    }

    /** Places the shards of {@code ring} on {@code nodes}, which may lack nodes of the ring and have new ones. */
    public static PlacementPlan plan(Ring ring, List<RingNode> nodes) {
        return plan(
                ring.factor(),
                nodes,
                ring.entries().stream().map(ShardEntry::replicas).toList());
    }

    /**
     * Places shards on {@code nodes}.
     *
     * @param factor how many replicas each shard shall have
     * @param current who holds each shard now, in order of takeover; any number of nodes, known or gone
     * @throws IllegalArgumentException when there are fewer nodes than {@code factor}, or a number of shards that is no
     *     power of two
     */
    public static PlacementPlan plan(int factor, List<RingNode> nodes, List<List<NodeId>> current) {
        int shards = current.size();
        Checks.require(Integer.bitCount(shards) == 1, "number of shards", shards, "use a power of two");
        Checks.requireRange("number of shards", shards, 1, Slots.COUNT);
        Checks.requireRange("factor", factor, 1, Bootstrap.MOST_REPLICAS);
        Checks.require(factor <= nodes.size(), "factor", factor, "there are only " + nodes.size() + " nodes");
        return new Placement(nodes, current).plan(factor);
    }

    private PlacementPlan plan(int factor) {
        Apportionment shares = new Apportionment(current.size(), factor, nodes);
        BitSet all = new BitSet();
        all.set(0, nodes.size());
        List<BitSet> anywhere = Collections.nCopies(current.size(), all);
        PlacementNetwork replicas = new PlacementNetwork(
                shares.quotas(), anywhere, current.stream().map(this::known).toList());
        int lowerBound = PlacementFlow.fill(replicas);

        int[] loads = new int[nodes.size()];
        Arrays.setAll(loads, replicas::load);
        List<BitSet> sets = new ArrayList<>();
        List<BitSet> oldHomes = new ArrayList<>();
        for (int shard = 0; shard < current.size(); shard++) {
            sets.add(replicas.nodesOf(shard));
            oldHomes.add(known(current.get(shard).stream().limit(1).toList()));
        }
        PlacementNetwork homes = new PlacementNetwork(Quotas.ofHomes(loads, factor, current.size()), sets, oldHomes);
        int homeLowerBound = PlacementFlow.fill(homes);
        return new PlacementPlan(
                ordered(replicas, homes), replicas.cost(), lowerBound, homes.cost(), homeLowerBound, shares.warnings());
    }

    /**
     * Each set with its home first, then the replicas that stay, in the order they had, then the new ones. Where a new
     * one comes second it is the one that would take over least often from that home so far.
     */
    private List<List<NodeId>> ordered(PlacementNetwork replicas, PlacementNetwork homes) {
        int[][] takeovers = new int[nodes.size()][nodes.size()];
        List<List<NodeId>> table = new ArrayList<>(current.size());
        for (int shard = 0; shard < current.size(); shard++) {
            int home = homes.nodesOf(shard).nextSetBit(0);
            List<Integer> others = others(shard, home, replicas.nodesOf(shard), takeovers[home]);
            if (!others.isEmpty()) {
                takeovers[home][others.getFirst()]++;
            }
            List<NodeId> set = new ArrayList<>(others.size() + 1);
            set.add(nodes.get(home).id());
            others.forEach(node -> set.add(nodes.get(node).id()));
            table.add(set);
        }
        return table;
    }

    private List<Integer> others(int shard, int home, BitSet set, int[] takeovers) {
        BitSet rest = (BitSet) set.clone();
        rest.clear(home);
        List<Integer> others = new ArrayList<>();
        for (NodeId id : current.get(shard)) {
            Integer staying = numbers.get(id);
            if (staying != null && rest.get(staying)) {
                others.add(staying);
                rest.clear(staying);
            }
        }
        rest.stream()
                .boxed()
                .sorted((one, other) -> Integer.compare(takeovers[one], takeovers[other]))
                .forEach(others::add);
        return others;
    }

    private BitSet known(List<NodeId> holders) {
        BitSet known = new BitSet();
        for (NodeId holder : holders) {
            Integer number = numbers.get(holder);
            if (number != null) {
                known.set(number);
            }
        }
        return known;
    }
}
