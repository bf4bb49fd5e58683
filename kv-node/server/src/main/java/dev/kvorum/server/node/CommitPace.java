package dev.kvorum.server.node;

import dev.kvorum.storage.commit.CommitStats;

/** How long a synced commit takes of late, told from what the committer has counted up to two looks. */
final class CommitPace {

    private long syncs;
    private long syncNanos;
    private long commits;
    private long stuckSinceMs = -1;
    private long averageMs;

    /** Looks again; called about once a second. */
    void look(CommitStats stats, long queuedBytes, long nowMs) {
        long more = stats.syncs() - syncs;
        averageMs = more == 0 ? 0 : (stats.syncNanosSum() - syncNanos) / more / 1_000_000;
        boolean stuck = queuedBytes > 0 && stats.commits() == commits;
        stuckSinceMs = stuck && stuckSinceMs >= 0 ? stuckSinceMs : stuck ? nowMs : -1;
        syncs = stats.syncs();
        syncNanos = stats.syncNanosSum();
        commits = stats.commits();
    }

    /** The average of the last interval, or for how long something has waited while nothing was committed. */
    long ms(long nowMs) {
        return Math.max(averageMs, stuckSinceMs < 0 ? 0 : nowMs - stuckSinceMs);
    }
}
