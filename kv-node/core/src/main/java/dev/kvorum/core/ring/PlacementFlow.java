package dev.kvorum.core.ring;

import dev.kvorum.core.step.Invariants;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Fills a {@link PlacementNetwork} at the least cost: the primal-dual method of Ford and Fulkerson, with the blocking
 * flows of Dinic (1970) on the arcs that are tight.
 *
 * <p>Every vertex has a height; no open arc gains more height than it costs, and an arc is tight where it gains exactly
 * that. Units go only along tight arcs. When none reaches the sink any more, all that cannot be reached rises by one.
 * Costs are 0 and 1, so few rounds suffice, and the heights at the end prove that no complete flow is cheaper.
 */
final class PlacementFlow {

    private static final int UNREACHED = -1;

    private final PlacementNetwork network;
    private final int[] order;
    private final int[] height;
    private final int[] level;
    private final int[] nextArc;
    private final int[] queue;
    private final int[][] together;

    private PlacementFlow(PlacementNetwork network) {
        this.network = network;
        this.order = scattered(network.shards);
        this.height = new int[network.vertices()];
        this.level = new int[network.vertices()];
        this.nextArc = new int[network.vertices()];
        this.queue = new int[network.vertices()];
        int nodes = network.quotas.nodes();
        this.together = new int[nodes][nodes];
    }

    /** Fills {@code network} and returns the proven lower bound of its cost. */
    static int fill(PlacementNetwork network) {
        PlacementFlow flow = new PlacementFlow(network);
        while (!flow.isComplete()) {
            flow.deal();
            flow.augment();
            if (!flow.isComplete()) {
                flow.raiseUnreached();
            }
        }
        return Math.toIntExact(network.lowerBound(flow.height));
    }

    private boolean isComplete() {
        for (int shard = 0; shard < network.shards; shard++) {
            if (network.missing(shard) > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes the direct ways first, choosing among equals: the emptiest node, then the one that shares the fewest shards
     * with those chosen, so that the load of a lost node falls on many others.
     */
    private void deal() {
        countTogether();
        for (int shard : order) {
            for (int wanted = network.missing(shard); wanted > 0 && dealOne(shard); wanted--) {}
        }
    }

    private boolean dealOne(int shard) {
        int bestZone = -1;
        int bestArc = -1;
        int bestNode = -1;
        for (int zone = tightArc(shard, 0); zone >= 0; zone = tightArc(shard, zone + 1)) {
            int cell = network.head(shard, zone);
            for (int arc = tightArc(cell, 0); arc >= 0; arc = tightArc(cell, arc + 1)) {
                int node = network.nodeAt(network.head(cell, arc));
                if (node >= 0 && wayOut(network.head(cell, arc)) >= 0 && isBetter(shard, node, bestNode)) {
                    bestZone = zone;
                    bestArc = arc;
                    bestNode = node;
                }
            }
        }
        if (bestNode < 0) {
            return false;
        }
        int cell = network.head(shard, bestZone);
        countTogether(shard, bestNode);
        leave(network.head(cell, bestArc));
        network.push(cell, bestArc);
        network.push(shard, bestZone);
        return true;
    }

    private boolean isBetter(int shard, int node, int best) {
        if (best < 0) {
            return true;
        }
        long nodeFill = (long) network.load(node) * network.quotas.most(best);
        long bestFill = (long) network.load(best) * network.quotas.most(node);
        if (nodeFill != bestFill) {
            return nodeFill < bestFill;
        }
        return meetings(shard, node) < meetings(shard, best);
    }

    private int meetings(int shard, int node) {
        BitSet chosen = network.nodesOf(shard);
        int meetings = 0;
        for (int other = chosen.nextSetBit(0); other >= 0; other = chosen.nextSetBit(other + 1)) {
            meetings += together[node][other];
        }
        return meetings;
    }

    private void countTogether() {
        for (int[] row : together) {
            Arrays.fill(row, 0);
        }
        for (int shard = 0; shard < network.shards; shard++) {
            BitSet chosen = network.nodesOf(shard);
            for (int node = chosen.nextSetBit(0); node >= 0; node = chosen.nextSetBit(node + 1)) {
                for (int other = chosen.nextSetBit(0); other >= 0; other = chosen.nextSetBit(other + 1)) {
                    together[node][other]++;
                }
            }
        }
    }

    private void countTogether(int shard, int node) {
        BitSet chosen = network.nodesOf(shard);
        for (int other = chosen.nextSetBit(0); other >= 0; other = chosen.nextSetBit(other + 1)) {
            together[node][other]++;
            together[other][node]++;
        }
    }

    /** The tight arc by which a unit at a node gets out at once, directly or through the pool, or -1. */
    private int wayOut(int vertex) {
        for (int arc = tightArc(vertex, 0); arc >= 0 && arc < PlacementNetwork.EXITS; arc = tightArc(vertex, arc + 1)) {
            int next = network.head(vertex, arc);
            if (next == network.sink || tightArc(next, 0) == 0) {
                return arc;
            }
        }
        return -1;
    }

    private void leave(int vertex) {
        int arc = wayOut(vertex);
        int next = network.head(vertex, arc);
        if (next != network.sink) {
            network.push(next, 0);
        }
        network.push(vertex, arc);
    }

    /** Sends as much as the tight arcs can carry, always along shortest ways. */
    private void augment() {
        while (reachSink()) {
            Arrays.fill(nextArc, 0);
            for (int shard : order) {
                for (int wanted = network.missing(shard); wanted > 0 && augmentFrom(shard); wanted--) {}
            }
        }
    }

    /**
     * Numbers the vertices by their distance from shards that miss a node, and tells whether the sink is among them.
     */
    private boolean reachSink() {
        Arrays.fill(level, UNREACHED);
        int end = 0;
        for (int shard : order) {
            if (network.missing(shard) > 0) {
                level[shard] = 0;
                queue[end++] = shard;
            }
        }
        for (int at = 0; at < end && level[network.sink] == UNREACHED; at++) {
            int vertex = queue[at];
            for (int arc = tightArc(vertex, 0); arc >= 0; arc = tightArc(vertex, arc + 1)) {
                int next = network.head(vertex, arc);
                if (level[next] == UNREACHED) {
                    level[next] = level[vertex] + 1;
                    queue[end++] = next;
                }
            }
        }
        return level[network.sink] != UNREACHED;
    }

    private boolean augmentFrom(int vertex) {
        if (vertex == network.sink) {
            return true;
        }
        for (int arc = tightArc(vertex, nextArc[vertex]); arc >= 0; arc = tightArc(vertex, arc + 1)) {
            nextArc[vertex] = arc;
            int next = network.head(vertex, arc);
            if (level[next] == level[vertex] + 1 && augmentFrom(next)) {
                network.push(vertex, arc);
                return true;
            }
        }
        level[vertex] = UNREACHED;
        return false;
    }

    private void raiseUnreached() {
        for (int vertex = 0; vertex < height.length; vertex++) {
            if (level[vertex] == UNREACHED) {
                height[vertex]++;
            }
        }
        boolean possible = height[network.sink] <= network.quotas.nodes() + 1;
        Invariants.check(possible, "no placement of %d shards meets its quotas", network.shards);
    }

    /** The first open arc at or after {@code from} that gains exactly what it costs, or -1. */
    private int tightArc(int vertex, int from) {
        int arc = network.nextArc(vertex, from);
        while (arc >= 0 && height[network.head(vertex, arc)] - height[vertex] != network.cost(vertex, arc)) {
            arc = network.nextArc(vertex, arc + 1);
        }
        return arc;
    }

    /** All shards, neighbours far apart, so that what is taken first is not one stretch of the circle. */
    private static int[] scattered(int shards) {
        int stride = (int) (shards * 618L / 1_000) | 1;
        int[] order = new int[shards];
        Arrays.setAll(order, i -> (int) ((long) i * stride % shards));
        return order;
    }
}
