package dev.kvorum.core.replication;

import java.util.EnumSet;

/**
 * The limits of the replication machine.
 *
 * @param hedgeAfterMs how long a read waits for a replica before it asks another; lower cuts the tail and costs reads
 * @param holdMs how long the answer "unknown" to a forwarded write is held back once its home is not live any more, so
 *     that a retry on another node finds everybody agreed that this home is gone; nodes notice within about 100 ms
 * @param settledKeys keys that a home remembers as read since it took over, a power of two; eviction means reading
 *     again
 * @param maxOperations operations in flight per machine before further ones are refused as overloaded
 * @param flaws planted bugs, empty but in the simulator's bug bench
 */
public record ReplicationConfig(
        int hedgeAfterMs, int holdMs, int settledKeys, int maxOperations, EnumSet<ReplicationFlaw> flaws) {

    public ReplicationConfig {
        if (hedgeAfterMs < 1 || holdMs < 0 || maxOperations < 1) {
            throw new IllegalArgumentException("replication limits must be positive");
        }
        if (Integer.bitCount(settledKeys) != 1) {
            throw new IllegalArgumentException("settledKeys must be a power of two, not " + settledKeys);
        }
    }

    /** The limits of a node in service. */
    public static ReplicationConfig standard() {
        return new ReplicationConfig(50, 200, 1 << 20, 16_384, EnumSet.noneOf(ReplicationFlaw.class));
    }

    boolean has(ReplicationFlaw flaw) {
        return flaws.contains(flaw);
    }
}
