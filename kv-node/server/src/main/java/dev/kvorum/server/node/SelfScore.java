package dev.kvorum.server.node;

import dev.kvorum.core.membership.Vitals;

/** What a node thinks of itself, in per cent, by the slowest of the things that it waits for. */
final class SelfScore {

    /** A node that takes no longer for anything is well: half of what its peers give it to answer a probe. */
    static final long WELL_MS = 250;

    private static final int STEP = 20;

    private SelfScore() {}

    /**
     * The score: 100 up to {@link #WELL_MS}, and 20 less for each doubling beyond. Steps, because each change is told
     * to all members.
     */
    static int of(long slowestMs) {
        int score = Vitals.HEALTHY;
        for (long limitMs = WELL_MS; limitMs < slowestMs && score > 0; limitMs *= 2) {
            score -= STEP;
        }
        return score;
    }
}
