package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.ring.PlacementPlan.NodeFull;
import dev.kvorum.core.ring.PlacementPlan.ZoneFull;
import dev.kvorum.core.ring.PlacementPlan.ZonesTooSmall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacementTest {

    @Test
    void threeNodesInThreeZonesHoldEverythingAndShareTheHomes() {
        PlacementPlan plan = Placement.fresh(256, 3, Fleet.even(3, 3));
        assertThat(loads(plan.table()).values()).containsOnly(256);
        assertThat(homes(plan.table()).values()).containsOnly(85, 86);
        assertThat(plan.moves()).isEqualTo(768).isEqualTo(plan.lowerBound());
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void newNodeTakesItsShareAndNothingElseMoves() {
        PlacementPlan before = Placement.fresh(256, 3, Fleet.even(9, 3));
        PlacementPlan after = Placement.plan(3, Fleet.even(12, 3), before.table());
        assertThat(loads(after.table()).values()).containsOnly(64);
        assertThat(after.moves()).isEqualTo(3 * 64).isEqualTo(after.lowerBound());
    }

    @Test
    void replacedNodeHandsItsPlaceToTheNewOne() {
        List<RingNode> nodes = Fleet.even(9, 3);
        PlacementPlan before = Placement.fresh(256, 3, nodes);
        List<RingNode> replaced = new ArrayList<>(nodes);
        replaced.set(4, Fleet.node(99, "zone-1", 1));
        PlacementPlan after = Placement.plan(3, replaced, before.table());
        assertThat(loads(before.table())).containsEntry(Fleet.id(4), after.moves());
        assertThat(loads(after.table()).get(Fleet.id(99))).isBetween(after.moves() - 1, after.moves());
        assertThat(homes(before.table())).containsEntry(Fleet.id(4), after.homeMoves());
    }

    @Test
    void lossOfANodeIsSharedByAllThatMayHoldItsShards() {
        List<List<NodeId>> table = Placement.fresh(256, 3, Fleet.even(12, 3)).table();
        NodeId lost = Fleet.id(0);
        Map<NodeId, Integer> helpers = new TreeMap<>();
        Map<NodeId, Integer> takers = new TreeMap<>();
        for (List<NodeId> set : table) {
            if (set.contains(lost)) {
                set.forEach(node -> helpers.merge(node, 1, Integer::sum));
            }
            if (set.getFirst().equals(lost)) {
                takers.merge(set.get(1), 1, Integer::sum);
            }
        }
        assertThat(helpers).as("the lost one and eight of other zones").hasSize(9);
        assertThat(takers).hasSize(8);
        assertThat(takers.values()).allMatch(homesTaken -> homesTaken <= 5);
    }

    @Test
    void weightsDecideTheLoad() {
        List<RingNode> nodes =
                List.of(Fleet.node(0, "a", 1), Fleet.node(1, "b", 2), Fleet.node(2, "c", 3), Fleet.node(3, "d", 2));
        Map<NodeId, Integer> loads = loads(Placement.fresh(64, 2, nodes).table());
        assertThat(loads).containsEntry(Fleet.id(0), 16).containsEntry(Fleet.id(1), 32);
        assertThat(loads).containsEntry(Fleet.id(2), 48).containsEntry(Fleet.id(3), 32);
    }

    @Test
    void unequalZonesGiveUpSharesByWeightAndSaySo() {
        List<RingNode> nodes = List.of(
                Fleet.node(0, "a", 1),
                Fleet.node(1, "a", 1),
                Fleet.node(2, "a", 1),
                Fleet.node(3, "b", 1),
                Fleet.node(4, "c", 1));
        PlacementPlan plan = Placement.fresh(64, 3, nodes);
        assertThat(loads(plan.table()).values().stream().sorted()).containsExactly(21, 21, 22, 64, 64);
        assertThat(plan.warnings()).contains(new ZoneFull("a", 115, 64));
        assertThat(plan.warnings().getFirst().message())
                .isEqualTo("zone a should hold 115 replicas by weight but may hold only 64; make the zones more equal"
                        + " or add zones");
    }

    @Test
    void zoneWhoseShareIsItsLimitHoldsExactlyThat() {
        List<RingNode> nodes = List.of(
                Fleet.node(0, "a", 2),
                Fleet.node(1, "a", 2),
                Fleet.node(2, "a", 2),
                Fleet.node(3, "b", 3),
                Fleet.node(4, "c", 3));
        PlacementPlan plan = Placement.fresh(1, 2, nodes);
        Set<NodeId> ofZoneA = Set.of(Fleet.id(0), Fleet.id(1), Fleet.id(2));
        assertThat(plan.table().getFirst()).as("larger remainders elsewhere").containsAnyElementsOf(ofZoneA);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void heavyNodeHoldsEveryShardOnceAndThePlanSaysSo() {
        List<RingNode> nodes = List.of(Fleet.node(0, "a", 10), Fleet.node(1, "b", 1), Fleet.node(2, "c", 1));
        PlacementPlan plan = Placement.fresh(64, 2, nodes);
        assertThat(loads(plan.table())).containsEntry(Fleet.id(0), 64).containsEntry(Fleet.id(1), 32);
        assertThat(plan.warnings()).containsExactly(new NodeFull("node-0", 106, 64));
    }

    @Test
    void zonesWithTooFewNodesShareTheReplicasOfTheOthers() {
        List<RingNode> nodes =
                List.of(Fleet.node(0, "a", 1), Fleet.node(1, "b", 1), Fleet.node(2, "b", 1), Fleet.node(3, "b", 1));
        PlacementPlan plan = Placement.fresh(16, 4, nodes);
        assertThat(loads(plan.table()).values()).containsOnly(16);
        assertThat(plan.warnings()).containsExactly(new ZonesTooSmall(3, 2));
    }

    @Test
    void factorMayGrowAndShrinkWithoutMovingWhatStays() {
        List<RingNode> nodes = Fleet.even(6, 3);
        PlacementPlan two = Placement.fresh(64, 2, nodes);
        PlacementPlan three = Placement.plan(3, nodes, two.table());
        assertThat(three.moves()).isEqualTo(64);
        assertThat(Placement.plan(2, nodes, three.table()).moves()).isZero();
    }

    @Test
    void foundedRingFollowsFromTheDocumentAlone() {
        Bootstrap document = Fleet.document(256, 3, Fleet.even(5, 3));
        Ring ring = Ring.of(document);
        assertThat(ring.epoch()).isEqualTo(1);
        assertThat(ring).isEqualTo(Ring.of(Fleet.document(256, 3, document.nodes())));
        assertThat(ring.hash()).as("the same in every process").isEqualTo(8463649637866034795L);
        assertThat(Placement.plan(ring, ring.nodes()).moves()).isZero();
    }

    @Test
    void impossibleRequestsAreRefused() {
        assertThatThrownBy(() -> Placement.fresh(16, 3, Fleet.even(2, 2)))
                .hasMessage("factor is 3; there are only 2 nodes");
        assertThatThrownBy(() -> Placement.fresh(15, 1, Fleet.even(2, 2)))
                .hasMessage("number of shards is 15; use a power of two");
        RingNode node = Fleet.node(0, "a", 1);
        assertThatThrownBy(() -> Placement.fresh(16, 1, List.of(node, node)))
                .hasMessageContaining("name each node once");
    }

    private static Map<NodeId, Integer> loads(List<List<NodeId>> table) {
        return count(table.stream().flatMap(List::stream));
    }

    private static Map<NodeId, Integer> homes(List<List<NodeId>> table) {
        return count(table.stream().map(List::getFirst));
    }

    private static Map<NodeId, Integer> count(Stream<NodeId> nodes) {
        Map<NodeId, Integer> counts = new TreeMap<>();
        nodes.forEach(node -> counts.merge(node, 1, Integer::sum));
        return counts;
    }
}
