package dev.kvorum.core.ring;

import java.util.Arrays;

/**
 * How much each node shall hold: at least its floor, and one more for as many nodes of each pool as the pool has room
 * for. The nodes of a pool have equal claims, so whoever causes the least movement gets the extra. Floors and pools
 * together are exactly what there is to hold.
 */
final class Quotas {

    /** How many nodes each shard needs. */
    final int perShard;

    /** How many of them may be in one zone. */
    final int perZone;

    /** Nodes are numbered zone by zone: zone z has those from {@code zoneStart[z]} up to {@code zoneStart[z + 1]}. */
    final int[] zoneStart;

    final int[] floor;

    /** For each node the pool of its extra, or -1. */
    final int[] pool;

    final int[] poolSize;

    Quotas(int perShard, int perZone, int[] zoneStart, int[] floor, Pools pools) {
        this.perShard = perShard;
        this.perZone = perZone;
        this.zoneStart = zoneStart;
        this.floor = floor;
        this.pool = pools.of;
        this.poolSize = Arrays.copyOf(pools.size, pools.count);
    }

    /**
     * Homes for replica sets of {@code factor} nodes in which node n occurs {@code loads[n]} times. When each set gives
     * its home to all its members in equal parts, node n gets {@code loads[n] / factor}; flows being integral where
     * capacities are, the floor or the ceiling of that is possible for all nodes at once.
     */
    static Quotas ofHomes(int[] loads, int factor, int shards) {
        int[] floor = new int[loads.length];
        Pools pools = new Pools(loads.length);
        int extras = shards;
        pools.open();
        for (int node = 0; node < loads.length; node++) {
            floor[node] = loads[node] / factor;
            extras -= floor[node];
            if (loads[node] % factor > 0) {
                pools.join(node);
            }
        }
        pools.size[0] = extras;
        return new Quotas(1, 1, new int[] {0, loads.length}, floor, pools);
    }

    int nodes() {
        return floor.length;
    }

    int zones() {
        return zoneStart.length - 1;
    }

    /** The most that {@code node} may hold. */
    int most(int node) {
        return pool[node] < 0 ? floor[node] : floor[node] + 1;
    }

    /** Whether each node holds its floor or one more, and each pool is used up. */
    boolean allow(int[] loads) {
        int[] used = new int[poolSize.length];
        for (int node = 0; node < loads.length; node++) {
            if (loads[node] < floor[node] || loads[node] > most(node)) {
                return false;
            }
            if (loads[node] > floor[node]) {
                used[pool[node]]++;
            }
        }
        return Arrays.equals(used, poolSize);
    }

    /** Pools while they are being filled. */
    static final class Pools {

        private final int[] of;
        private final int[] size;
        private int count;

        Pools(int nodes) {
            of = new int[nodes];
            size = new int[nodes + 1];
            Arrays.fill(of, -1);
        }

        /** Begins the next pool, empty and without room. */
        void open() {
            count++;
        }

        void join(int node) {
            of[node] = count - 1;
        }

        void grow() {
            size[count - 1]++;
        }
    }
}
