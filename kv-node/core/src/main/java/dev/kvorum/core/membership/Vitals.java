package dev.kvorum.core.membership;

/**
 * The counters by which newer news of a member is told from older; only the member itself advances them.
 *
 * @param incarnation 1 to 2^62; raised by the member to refute what is said of it, and to change its profile
 * @param heartbeat ≥ 0; grows once per probe interval, starts anew with each process
 * @param score how well it works by its own judgement, in per cent: 100 is healthy
 */
public record Vitals(long incarnation, long heartbeat, int score) {

    /** The highest incarnation that is believed. */
    public static final long MOST_INCARNATION = 1L << 62;

    /** The score of a node without complaints. */
    public static final int HEALTHY = 100;

    public Vitals {
        if (incarnation < 1 || incarnation > MOST_INCARNATION) {
            throw new IllegalArgumentException("an incarnation lies between 1 and 2^62, not " + incarnation);
        }
        if (heartbeat < 0) {
            throw new IllegalArgumentException("a heartbeat counter is not negative, not " + heartbeat);
        }
        requireScore(score);
    }

    static void requireScore(int score) {
        if (score < 0 || score > HEALTHY) {
            throw new IllegalArgumentException("a score lies between 0 and 100, not " + score);
        }
    }

    /** Whether these counters were read from the member after those: by incarnation, then by heartbeat. */
    boolean newerThan(Vitals that) {
        return incarnation > that.incarnation || (incarnation == that.incarnation && heartbeat > that.heartbeat);
    }

    Vitals withIncarnation(long raised) {
        return new Vitals(raised, heartbeat, score);
    }

    Vitals withScore(int changed) {
        return new Vitals(incarnation, heartbeat, changed);
    }

    Vitals beat() {
        return new Vitals(incarnation, heartbeat + 1, score);
    }
}
