package dev.kvorum.core.ring;

import java.util.List;

/**
 * What {@link Placement} decided, and the proof that nothing cheaper exists.
 *
 * @param table for each shard its replicas, first the preferred home
 * @param moves how many (shard, node) pairs of the table were not there before
 * @param lowerBound no table that keeps the same rules has fewer moves; follows from the dual of the flow problem, not
 *     from the table
 * @param homeMoves how many shards get another first replica than before
 * @param homeLowerBound no order of these replica sets with as even homes changes fewer
 * @param warnings where zones or nodes are too few or too unequal for shares by weight
 */
public record PlacementPlan(
        List<List<NodeId>> table,
        int moves,
        int lowerBound,
        int homeMoves,
        int homeLowerBound,
        List<Warning> warnings) {

    public PlacementPlan {
        table = table.stream().map(List::copyOf).toList();
        warnings = List.copyOf(warnings);
    }

    /** Something the plan had to give up, for people to read. */
    public sealed interface Warning {

        /** What cannot be had, and what would change it. */
        String message();
    }

    /** A zone gets less than its weight asks for, because a shard may have only so many replicas in it. */
    public record ZoneFull(String zone, long byWeight, long held) implements Warning {
        @Override
        public String message() {
            return "zone " + zone + " should hold " + byWeight + " replicas by weight but may hold only " + held
                    + "; make the zones more equal or add zones";
        }
    }

    /** A node gets less than its weight asks for, because it already holds every shard. */
    public record NodeFull(String node, long byWeight, long held) implements Warning {
        @Override
        public String message() {
            return "node " + node + " should hold " + byWeight + " replicas by weight but there are only " + held
                    + " shards; lower its weight or add nodes";
        }
    }

    /** More replicas of a shard share a zone than an even spread would need, because some zones have too few nodes. */
    public record ZonesTooSmall(int together, int evenly) implements Warning {
        @Override
        public String message() {
            return "up to " + together + " replicas of a shard share a zone, not " + evenly
                    + ", because the other zones have too few nodes; add nodes there";
        }
    }
}
