package dev.kvorum.core.membership;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The timings and bounds of the protocol. All nodes of a cluster use the same probe interval; the rest may differ.
 *
 * @param flaws planted mistakes, for tests; empty in production
 */
public record MembershipConfig(
        Probing probing, Suspecting suspecting, Gossiping gossiping, Upkeep upkeep, SortedSet<MembershipFlaw> flaws) {

    /**
     * How members are asked.
     *
     * @param intervalMs one member is asked per interval
     * @param directTimeoutMs after this, others are asked to try; below the interval
     * @param indirectProbes how many others
     * @param mostAwareness how far a slow node stretches its probing, as a multiple of the interval beyond the first; 0
     *     switches local health off
     */
    public record Probing(int intervalMs, int directTimeoutMs, int indirectProbes, int mostAwareness) {
        public Probing {
            require(intervalMs, 10, 60_000, "probe interval (ms)");
            require(directTimeoutMs, 1, intervalMs - 1, "direct timeout (ms)");
            require(indirectProbes, 0, 16, "indirect probes");
            require(mostAwareness, 0, 100, "local health limit");
        }
    }

    /**
     * How long a suspect may refute.
     *
     * @param leastIntervals with {@code confirmations} or more independent ones
     * @param mostIntervals with none
     */
    public record Suspecting(int leastIntervals, int mostIntervals, int confirmations) {
        public Suspecting {
            require(leastIntervals, 1, 1_000, "least suspicion (intervals)");
            require(mostIntervals, leastIntervals, 10_000, "most suspicion (intervals)");
            require(confirmations, 0, 16, "confirmations");
        }
    }

    /**
     * How news spreads.
     *
     * @param intervalMs between rounds of pure gossip, which happen only while there is news
     * @param fanout receivers of a round
     * @param retransmitFactor a rumour is sent this often times the base-2 logarithm of the number of members
     * @param packetBytes the longest datagram
     */
    public record Gossiping(int intervalMs, int fanout, int retransmitFactor, int packetBytes) {
        public Gossiping {
            require(intervalMs, 10, 60_000, "gossip interval (ms)");
            require(fanout, 1, 16, "gossip fan-out");
            require(retransmitFactor, 1, 100, "retransmit factor");
            require(packetBytes, MembershipCodec.LEAST_PACKET_BYTES, 65_000, "packet size (bytes)");
        }
    }

    /**
     * What happens now and then.
     *
     * @param exchangeIntervalMs between full exchanges with one member
     * @param deadProbeIntervalMs between questions to one of the dead
     * @param seedIntervalMs between exchanges with a seed that is not among the living
     * @param leftRetentionMs how long those that left stay in the view
     * @param maxMembers how many others are remembered at most
     */
    public record Upkeep(
            int exchangeIntervalMs, int deadProbeIntervalMs, int seedIntervalMs, int leftRetentionMs, int maxMembers) {
        public Upkeep {
            require(exchangeIntervalMs, 100, 3_600_000, "exchange interval (ms)");
            require(deadProbeIntervalMs, 100, 3_600_000, "dead probe interval (ms)");
            require(seedIntervalMs, 100, 3_600_000, "seed interval (ms)");
            require(leftRetentionMs, 1_000, 604_800_000, "retention of those that left (ms)");
            require(maxMembers, 1, MembershipCodec.MOST_RUMOURS, "members at most");
        }
    }

    public MembershipConfig {
        flaws = Collections.unmodifiableSortedSet(new TreeSet<>(flaws));
    }

    /** The timings of architecture.md §8. */
    public static MembershipConfig standard() {
        return ofInterval(1_000);
    }

    /** The standard timings, with everything but the retention of those that left scaled to the probe interval. */
    public static MembershipConfig ofInterval(int probeIntervalMs) {
        require(probeIntervalMs, 50, 60_000, "probe interval (ms)");
        return new MembershipConfig(
                new Probing(probeIntervalMs, probeIntervalMs / 2, 3, 8),
                new Suspecting(4, 24, 3),
                new Gossiping(probeIntervalMs / 5, 3, 3, 1_200),
                new Upkeep(10 * probeIntervalMs, 5 * probeIntervalMs, 10 * probeIntervalMs, 3_600_000, 1_024),
                new TreeSet<>());
    }

    /** The same with plain SWIM's fixed timeouts: for the comparison that shows what local health is worth. */
    public MembershipConfig withoutLifeguard() {
        return new MembershipConfig(
                new Probing(probing.intervalMs, probing.directTimeoutMs, probing.indirectProbes, 0),
                new Suspecting(suspecting.leastIntervals, suspecting.leastIntervals, suspecting.confirmations),
                gossiping,
                upkeep,
                flaws);
    }

    /** The same with planted mistakes; for tests. */
    public MembershipConfig withFlaws(Set<MembershipFlaw> planted) {
        return new MembershipConfig(probing, suspecting, gossiping, upkeep, new TreeSet<>(planted));
    }

    boolean has(MembershipFlaw flaw) {
        return flaws.contains(flaw);
    }

    private static void require(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " lies between " + least + " and " + most + ", not " + value);
        }
    }
}
