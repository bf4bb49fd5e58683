package dev.kvorum.sim;

import java.util.Locale;

/** Sums up many seeds. */
final class Tally {

    private long seeds;
    private int failed;
    private long operations;
    private long virtualMs;
    private long hash;

    void add(Verdict verdict) {
        seeds++;
        failed += verdict.isFailure() ? 1 : 0;
        operations += verdict.succeeded();
        virtualMs += verdict.virtualMs();
        hash = hash * 31 + verdict.hash();
    }

    int failed() {
        return failed;
    }

    /** The last line of every run. */
    String report(long tookMs) {
        long ms = Math.max(1, tookMs);
        return String.format(
                Locale.ROOT,
                "seeds=%d failed=%d operations=%d seconds=%d.%d seeds_per_s=%d times_real=%d hash=%016x",
                seeds,
                failed,
                operations,
                ms / 1_000,
                ms % 1_000 / 100,
                seeds * 1_000 / ms,
                virtualMs / ms,
                hash);
    }
}
