package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long plans take; the bounds are generous for slow machines, the figures are printed. */
class PlacementScaleTest {

    @Test
    void thousandShardsOnSixtyNodesArePlannedWithinASecond() {
        planAll(1_024, 60, 3, 4_000);
    }

    @Test
    void mostShardsOnTwoHundredNodesArePlannedInReasonableTime() {
        planAll(16_384, 200, 3, 60_000);
    }

    private static void planAll(int shards, int nodes, int zones, long boundMs) {
        List<RingNode> fleet = Fleet.even(nodes, zones);
        PlacementPlan fresh = timed("fresh", boundMs, shards, fleet, null);
        timed("unchanged", boundMs, shards, fleet, fresh);
        timed("one node more", boundMs, shards, Fleet.even(nodes + 1, zones), fresh);
        timed("a node per zone more", boundMs, shards, Fleet.even(nodes + zones, zones), fresh);
        timed("one node less", boundMs, shards, fleet.subList(1, nodes), fresh);
        timed("twice the nodes", boundMs, shards, Fleet.even(2 * nodes, zones), fresh);
        List<RingNode> weighted = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            weighted.add(Fleet.node(i, "zone-" + i % (zones + 1), 1 + i % 7));
        }
        timed("other zones and weights", boundMs, shards, weighted, fresh);
    }

    private static PlacementPlan timed(
            String what, long boundMs, int shards, List<RingNode> nodes, @Nullable PlacementPlan from) {
        long start = System.nanoTime();
        PlacementPlan plan = from == null ? Placement.fresh(shards, 3, nodes) : Placement.plan(3, nodes, from.table());
        long elapsedMs = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
                "%d shards, %d nodes, %s: %d ms, %d moves, %d home moves%n",
                shards, nodes.size(), what, elapsedMs, plan.moves(), plan.homeMoves());
        assertThat(elapsedMs).isLessThan(boundMs);
        assertThat(plan.moves()).isEqualTo(plan.lowerBound());
        return plan;
    }
}
