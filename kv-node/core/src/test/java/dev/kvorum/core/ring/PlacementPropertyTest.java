package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every plan of every cluster, through seeded histories of growing, shrinking and replacing. */
class PlacementPropertyTest {

    private static final int HISTORIES = 200;

    @Test
    void everyPlanKeepsTheRulesAndMovesNoMoreThanItMust() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomFleet fleet = new RandomFleet(random, 30, 6);
            int factor = 1 + random.nextInt(Math.min(5, fleet.size()));
            int shards = 1 << random.nextInt(9);
            List<List<NodeId>> table = Collections.nCopies(shards, List.of());
            for (int change = 0; change < 4; change++) {
                PlacementPlan plan = Placement.plan(factor, fleet.nodes(), table);
                checkPlan("seed " + seed + ", change " + change, factor, fleet.nodes(), table, plan);
                table = plan.table();
                fleet.change(factor);
            }
        }
    }

    @Test
    void tinyPlansAreAsGoodAsTheBestFoundByTryingEverything() {
        for (long seed = 0; seed < 2 * HISTORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomFleet fleet = new RandomFleet(random, 5, 4);
            int factor = 1 + random.nextInt(Math.min(3, fleet.size()));
            List<List<NodeId>> table = Collections.nCopies(1 << random.nextInt(4), List.of());
            for (int change = 0; change < 4; change++) {
                PlacementPlan plan = Placement.plan(factor, fleet.nodes(), table);
                String where = "seed " + seed + ", change " + change;
                TriedPlans tried = new TriedPlans(factor, fleet.nodes(), table);
                assertThat(plan.moves()).as(where).isEqualTo(tried.fewestMoves());
                assertThat(plan.lowerBound()).as(where).isEqualTo(tried.fewestMoves());
                assertThat(plan.homeMoves()).as(where).isEqualTo(tried.fewestHomeMoves(plan.table()));
                table = plan.table();
                fleet.change(factor);
            }
        }
    }

    private static void checkPlan(
            String where, int factor, List<RingNode> nodes, List<List<NodeId>> before, PlacementPlan plan) {
        assertThat(plan.moves())
                .as(where)
                .isEqualTo(moves(before, plan.table()))
                .isEqualTo(plan.lowerBound());
        assertThat(plan.homeMoves()).as(where).isEqualTo(plan.homeLowerBound());
        checkDistinct(where, factor, nodes, plan.table());
        new Fairness(factor, nodes, plan.table()).check(where);

        PlacementPlan again = Placement.plan(factor, nodes, plan.table());
        assertThat(again.table()).as("%s, planned again", where).isEqualTo(plan.table());
        List<RingNode> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(nodes.size()));
        assertThat(Placement.plan(factor, shuffled, before))
                .as("%s, shuffled", where)
                .isEqualTo(plan);
    }

    private static void checkDistinct(String where, int factor, List<RingNode> nodes, List<List<NodeId>> table) {
        List<String> zones = nodes.stream().map(RingNode::zone).distinct().toList();
        int perZone = Fairness.perZone(factor, nodes);
        for (List<NodeId> set : table) {
            assertThat(set).as(where).hasSize(factor).doesNotHaveDuplicates();
            for (String zone : zones) {
                long inZone = nodes.stream()
                        .filter(node -> node.zone().equals(zone) && set.contains(node.id()))
                        .count();
                assertThat(inZone).as("%s, %s", where, zone).isLessThanOrEqualTo(perZone);
            }
        }
        assertThat(zones.size() < factor || perZone == 1).as(where).isTrue();
    }

    private static int moves(List<List<NodeId>> before, List<List<NodeId>> after) {
        return IntStream.range(0, after.size())
                .map(shard -> {
                    Set<NodeId> newcomers = new HashSet<>(after.get(shard));
                    before.get(shard).forEach(newcomers::remove);
                    return newcomers.size();
                })
                .sum();
    }
}
