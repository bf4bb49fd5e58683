package dev.kvorum.core.consensus;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The timings and bounds of one group. All replicas use the same timing; the rest may differ.
 *
 * @param flaws planted mistakes, for tests; empty in production
 */
public record ConsensusConfig(Timing timing, Flow flow, Compaction compaction, SortedSet<ConsensusFlaw> flaws) {

    /**
     * When replicas act unasked.
     *
     * @param electionMs a follower that heard nothing for one to two times as long stands for election, and a leader
     *     that heard no majority for as long steps down
     * @param heartbeatMs a leader speaks at every whole multiple of this, so that the groups of a node speak together
     * @param resendMs what was not answered for so long is sent again
     */
    public record Timing(int electionMs, int heartbeatMs, int resendMs) {
        public Timing {
            require(electionMs, 10, 60_000, "election timeout (ms)");
            require(heartbeatMs, 1, electionMs / 2, "heartbeat interval (ms)");
            require(resendMs, 1, 60_000, "resend timeout (ms)");
        }
    }

    /**
     * How much may be on its way.
     *
     * @param commandBytes the longest command
     * @param appendBytes payload of one message, but for a single longer entry
     * @param inFlight unanswered messages of entries to one replica
     * @param uncommittedEntries proposals that wait for a majority, before further ones are refused
     * @param uncommittedBytes the same in bytes
     * @param reads that wait for their round
     */
    public record Flow(
            int commandBytes, int appendBytes, int inFlight, int uncommittedEntries, int uncommittedBytes, int reads) {
        public Flow {
            require(commandBytes, 1, ConsensusCodec.MOST_PAYLOAD_BYTES, "longest command (bytes)");
            require(appendBytes, 1, ConsensusCodec.MOST_PAYLOAD_BYTES, "append (bytes)");
            require(inFlight, 1, 4_096, "messages in flight");
            require(uncommittedEntries, 1, 1 << 20, "uncommitted entries");
            require(uncommittedBytes, 1, 1 << 30, "uncommitted bytes");
            require(reads, 1, 1 << 20, "waiting reads");
        }
    }

    /**
     * What of the log is kept.
     *
     * @param applyEntries handed to the state machine at a time
     * @param compactEntries applied entries above which the log is shortened
     * @param keepEntries what stays of them, for replicas that are a little behind
     * @param chunkBytes one piece of a snapshot
     */
    public record Compaction(int applyEntries, int compactEntries, int keepEntries, int chunkBytes) {
        public Compaction {
            require(applyEntries, 1, 1 << 20, "entries applied at a time");
            require(compactEntries, 1, 1 << 30, "entries before a compaction");
            require(keepEntries, 0, compactEntries, "entries kept");
            require(chunkBytes, 1, ConsensusCodec.MOST_PAYLOAD_BYTES, "snapshot chunk (bytes)");
        }
    }

    public ConsensusConfig {
        flaws = Collections.unmodifiableSortedSet(new TreeSet<>(flaws));
    }

    /** For groups whose replicas are in one region: a new leader within 3 s of the old one's death. */
    public static ConsensusConfig standard() {
        return new ConsensusConfig(
                new Timing(750, 150, 300),
                new Flow(1 << 20, 256 << 10, 64, 1_024, 4 << 20, 16_384),
                new Compaction(1_024, 8_192, 1_024, 256 << 10),
                new TreeSet<>());
    }

    /** The same with planted mistakes; for tests. */
    public ConsensusConfig withFlaws(Set<ConsensusFlaw> planted) {
        return new ConsensusConfig(timing, flow, compaction, new TreeSet<>(planted));
    }

    boolean has(ConsensusFlaw flaw) {
        return flaws.contains(flaw);
    }

    private static void require(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " lies between " + least + " and " + most + ", not " + value);
        }
    }
}
