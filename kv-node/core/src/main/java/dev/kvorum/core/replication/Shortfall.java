package dev.kvorum.core.replication;

import dev.kvorum.core.ring.NodeId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is amiss with one row of the table beyond its entry, as the authority says. A row without one is whole.
 *
 * @param incomplete replicas that do not hold what they should, on a new volume or lost: they take writes, but neither
 *     coordinate nor vote; a replica turns incomplete, or complete again, under a new epoch of the row
 */
public record Shortfall(SortedSet<NodeId> incomplete, Loss loss) {

    /** Whether acknowledged writes of the shard may be gone. */
    public enum Loss {
        /** N−W+1 complete replicas hold everything that was acknowledged. */
        NONE,
        /** Fewer: nothing is read or written until a person accepts it. */
        POSSIBLE,
        /** Accepted: what the complete replicas hold is all there is. */
        ACCEPTED
    }

    /** Of a row that is whole. */
    static final Shortfall NOTHING = new Shortfall(new TreeSet<>(), Loss.NONE);

    public Shortfall {
        incomplete = Collections.unmodifiableSortedSet(new TreeSet<>(incomplete));
    }
}
