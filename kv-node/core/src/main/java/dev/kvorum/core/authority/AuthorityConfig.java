package dev.kvorum.core.authority;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The timings and bounds of the machine.
 *
 * @param answerWithinMs how long a door's command is tried before its outcome is called unknown
 * @param retryMs between two attempts to bring a command to the leader
 * @param longestPauseMs between two attempts to register, after they doubled
 * @param mostWaiting commands that one node carries at a time, its own and those of peers
 * @param flaws planted mistakes, for tests; empty in production
 */
public record AuthorityConfig(
        int answerWithinMs, int retryMs, int longestPauseMs, int mostWaiting, SortedSet<AuthorityFlaw> flaws) {

    public AuthorityConfig {
        flaws = Collections.unmodifiableSortedSet(new TreeSet<>(flaws));
        if (retryMs < 1 || answerWithinMs < retryMs || longestPauseMs < retryMs || mostWaiting < 1) {
            throw new IllegalArgumentException("timings of the authority: retry " + retryMs + " ms, answer within "
                    + answerWithinMs + " ms, longest pause " + longestPauseMs + " ms, " + mostWaiting
                    + " waiting; use positive numbers, the first below the others");
        }
    }

    public static AuthorityConfig standard() {
        return new AuthorityConfig(5_000, 500, 10_000, 1_024, new TreeSet<>());
    }

    /** The same with planted mistakes; for tests. */
    public AuthorityConfig withFlaws(Set<AuthorityFlaw> planted) {
        return new AuthorityConfig(answerWithinMs, retryMs, longestPauseMs, mostWaiting, new TreeSet<>(planted));
    }

    boolean has(AuthorityFlaw flaw) {
        return flaws.contains(flaw);
    }
}
