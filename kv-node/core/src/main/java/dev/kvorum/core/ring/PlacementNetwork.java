package dev.kvorum.core.ring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The flow network of a placement with the flow it carries, as its residual arcs:
 * {@code shard → cell (shard, zone) → node → sink}, where a node reaches the sink directly up to its floor and through
 * its pool for one more. An arc from a cell to a node costs 0 where the node holds the shard already, else 1. Vertices
 * and arcs are computed, not stored: 16,384 shards on 200 nodes would be millions of them.
 */
final class PlacementNetwork {

    /** Arcs of a node below this one lead out of it towards the sink; arc 0 of a pool does, too. */
    static final int EXITS = 2;

    private static final int TO_SINK = 0;
    private static final int TO_POOL = 1;
    private static final int TO_CELLS = EXITS;
    private static final int TO_NODES = 1;

    final Quotas quotas;
    final int shards;
    final int sink;

    private final List<BitSet> candidates;
    private final List<BitSet> current;
    private final int firstCell;
    private final int firstNode;
    private final int firstPool;
    private final int[] zoneOf;

    private final BitSet[] nodesOfShard;
    private final BitSet[] shardsOfNode;
    private final int[] load;
    private final int[] cellFlow;
    private final int[] floorFlow;
    private final BitSet extra;
    private final int[] poolFlow;

    /**
     * An empty flow.
     *
     * @param candidates for each shard the nodes that may hold it
     * @param current for each shard the nodes that hold it already, at no cost
     */
    PlacementNetwork(Quotas quotas, List<BitSet> candidates, List<BitSet> current) {
        this.quotas = quotas;
        this.shards = candidates.size();
        this.candidates = candidates;
        this.current = current;
        this.firstCell = shards;
        this.firstNode = firstCell + shards * quotas.zones();
        this.firstPool = firstNode + quotas.nodes();
        this.sink = firstPool + quotas.poolSize.length;
        this.zoneOf = new int[quotas.nodes()];
        for (int zone = 0; zone < quotas.zones(); zone++) {
            Arrays.fill(zoneOf, quotas.zoneStart[zone], quotas.zoneStart[zone + 1], zone);
        }
        this.nodesOfShard = emptySets(shards);
        this.shardsOfNode = emptySets(quotas.nodes());
        this.load = new int[quotas.nodes()];
        this.cellFlow = new int[shards * quotas.zones()];
        this.floorFlow = new int[quotas.nodes()];
        this.extra = new BitSet();
        this.poolFlow = new int[quotas.poolSize.length];
    }

    int vertices() {
        return sink + 1;
    }

    /** The nodes that hold {@code shard} in this flow. */
    BitSet nodesOf(int shard) {
        return nodesOfShard[shard];
    }

    int load(int node) {
        return load[node];
    }

    int missing(int shard) {
        return quotas.perShard - nodesOfShard[shard].cardinality();
    }

    /** The number of the node that vertex {@code vertex} is, or -1. */
    int nodeAt(int vertex) {
        return vertex >= firstNode && vertex < firstPool ? vertex - firstNode : -1;
    }

    /** How many pairs the flow holds that {@link #current} does not. */
    int cost() {
        int cost = 0;
        for (int shard = 0; shard < shards; shard++) {
            BitSet newcomers = (BitSet) nodesOfShard[shard].clone();
            newcomers.andNot(current.get(shard));
            cost += newcomers.cardinality();
        }
        return cost;
    }

    /** The first arc of {@code vertex} at or after {@code from} that can take one more unit, or -1. */
    int nextArc(int vertex, int from) {
        if (vertex < firstCell) {
            return nextCell(vertex, from);
        } else if (vertex < firstNode) {
            return nextOfCell(vertex - firstCell, from);
        } else if (vertex < firstPool) {
            return nextOfNode(vertex - firstNode, from);
        } else if (vertex < sink) {
            return nextOfPool(vertex - firstPool, from);
        }
        return -1;
    }

    /** The vertex to which arc {@code arc} of {@code vertex} leads. */
    int head(int vertex, int arc) {
        if (vertex < firstCell) {
            return cell(vertex, arc);
        } else if (vertex < firstNode) {
            int node = nodeOf(vertex - firstCell, arc);
            return node < zoneEnd(vertex - firstCell) ? firstNode + node : shardOf(vertex - firstCell);
        } else if (vertex < firstPool) {
            int node = vertex - firstNode;
            return switch (arc) {
                case TO_SINK -> sink;
                case TO_POOL -> firstPool + quotas.pool[node];
                default -> cell(arc - TO_CELLS, zoneOf[node]);
            };
        }
        return arc == TO_SINK ? sink : firstNode + arc - TO_NODES;
    }

    /** What one unit along the arc costs: 1, 0, or -1 where it takes back what cost 1. */
    int cost(int vertex, int arc) {
        if (vertex >= firstCell && vertex < firstNode) {
            int cell = vertex - firstCell;
            int node = nodeOf(cell, arc);
            return node == zoneEnd(cell) || current.get(shardOf(cell)).get(node) ? 0 : 1;
        }
        if (vertex >= firstNode && vertex < firstPool && arc >= TO_CELLS) {
            return current.get(arc - TO_CELLS).get(vertex - firstNode) ? 0 : -1;
        }
        return 0;
    }

    /** Sends one unit along the arc. */
    void push(int vertex, int arc) {
        if (vertex < firstCell) {
            cellFlow[cell(vertex, arc) - firstCell]++;
        } else if (vertex < firstNode) {
            pushFromCell(vertex - firstCell, arc);
        } else if (vertex < firstPool) {
            pushFromNode(vertex - firstNode, arc);
        } else if (arc == TO_SINK) {
            poolFlow[vertex - firstPool]++;
        } else {
            extra.clear(arc - TO_NODES);
        }
    }

    /**
     * What every complete flow costs at least, whatever it is, by linear duality: for any heights, the total flow times
     * the height of the sink above the source (0), less for each arc its capacity times the height gained beyond its
     * cost.
     */
    long lowerBound(int[] height) {
        long bound = 0;
        for (int shard = 0; shard < shards; shard++) {
            bound += (long) quotas.perShard * (height[sink] - Math.max(0, height[shard]));
            for (int zone = 0; zone < quotas.zones(); zone++) {
                int cell = cell(shard, zone);
                bound -= (long) quotas.perZone * Math.max(0, height[cell] - height[shard]);
                bound -= gainBeyondCost(shard, zone, height);
            }
        }
        for (int node = 0; node < quotas.nodes(); node++) {
            int here = height[firstNode + node];
            bound -= (long) quotas.floor[node] * Math.max(0, height[sink] - here);
            if (quotas.pool[node] >= 0) {
                bound -= Math.max(0, height[firstPool + quotas.pool[node]] - here);
            }
        }
        for (int pool = 0; pool < quotas.poolSize.length; pool++) {
            bound -= (long) quotas.poolSize[pool] * Math.max(0, height[sink] - height[firstPool + pool]);
        }
        return bound;
    }

    private long gainBeyondCost(int shard, int zone, int[] height) {
        long gain = 0;
        int below = height[cell(shard, zone)];
        BitSet may = candidates.get(shard);
        int end = quotas.zoneStart[zone + 1];
        for (int n = may.nextSetBit(quotas.zoneStart[zone]); n >= 0 && n < end; n = may.nextSetBit(n + 1)) {
            int cost = current.get(shard).get(n) ? 0 : 1;
            gain += Math.max(0, height[firstNode + n] - below - cost);
        }
        return gain;
    }

    private int nextCell(int shard, int from) {
        for (int zone = from; zone < quotas.zones(); zone++) {
            if (cellFlow[cell(shard, zone) - firstCell] < quotas.perZone) {
                return zone;
            }
        }
        return -1;
    }

    private int nextOfCell(int cell, int from) {
        int shard = shardOf(cell);
        int end = zoneEnd(cell);
        BitSet may = candidates.get(shard);
        for (int n = may.nextSetBit(nodeOf(cell, from)); n >= 0 && n < end; n = may.nextSetBit(n + 1)) {
            if (!nodesOfShard[shard].get(n)) {
                return arcTo(cell, n);
            }
        }
        int back = arcTo(cell, end);
        return from <= back && cellFlow[cell] > 0 ? back : -1;
    }

    private int nextOfNode(int node, int from) {
        if (from <= TO_SINK && floorFlow[node] < quotas.floor[node]) {
            return TO_SINK;
        }
        if (from <= TO_POOL && quotas.pool[node] >= 0 && !extra.get(node)) {
            return TO_POOL;
        }
        int shard = shardsOfNode[node].nextSetBit(Math.max(0, from - TO_CELLS));
        return shard < 0 ? -1 : TO_CELLS + shard;
    }

    private int nextOfPool(int pool, int from) {
        if (from <= TO_SINK && poolFlow[pool] < quotas.poolSize[pool]) {
            return TO_SINK;
        }
        int start = Math.max(0, from - TO_NODES);
        for (int node = extra.nextSetBit(start); node >= 0; node = extra.nextSetBit(node + 1)) {
            if (quotas.pool[node] == pool) {
                return TO_NODES + node;
            }
        }
        return -1;
    }

    private void pushFromCell(int cell, int arc) {
        int node = nodeOf(cell, arc);
        if (node == zoneEnd(cell)) {
            cellFlow[cell]--;
        } else {
            nodesOfShard[shardOf(cell)].set(node);
            shardsOfNode[node].set(shardOf(cell));
            load[node]++;
        }
    }

    private void pushFromNode(int node, int arc) {
        switch (arc) {
            case TO_SINK -> floorFlow[node]++;
            case TO_POOL -> extra.set(node);
            default -> {
                nodesOfShard[arc - TO_CELLS].clear(node);
                shardsOfNode[node].clear(arc - TO_CELLS);
                load[node]--;
            }
        }
    }

    private int cell(int shard, int zone) {
        return firstCell + shard * quotas.zones() + zone;
    }

    private int shardOf(int cell) {
        return cell / quotas.zones();
    }

    private int nodeOf(int cell, int arc) {
        return quotas.zoneStart[cell % quotas.zones()] + arc;
    }

    private int arcTo(int cell, int node) {
        return node - quotas.zoneStart[cell % quotas.zones()];
    }

    private int zoneEnd(int cell) {
        return quotas.zoneStart[cell % quotas.zones() + 1];
    }

    private static BitSet[] emptySets(int count) {
        BitSet[] sets = new BitSet[count];
        Arrays.setAll(sets, any -> new BitSet());
        return sets;
    }
}
