package dev.kvorum.core.authority;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who should vote on the log, and who should only have it. */
public record LogMembers(SortedSet<Seat> voters, SortedSet<Seat> learners) {

    public LogMembers {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
    }
}
