package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can happen to the machine. */
public sealed interface AuthorityInput {

    /** Time has passed; the shell sends one every {@link Authority#TICK_MS} or so. */
    record Tick() implements AuthorityInput {}

    /**
     * A door wants something decided.
     *
     * @param ticket comes back with the answer
     * @param session of the operator; 0 for a person
     */
    record Submit(long ticket, long session, Command command) implements AuthorityInput {}

    /** A peer's message came in. */
    record Received(NodeId from, AuthorityMessage message) implements AuthorityInput {}

    // ---- from the log

    /** Who leads now, as far as this node knows; null while nobody does. */
    record LeaderChanged(@Nullable NodeId leader, long term) implements AuthorityInput {}

    /** The next entries of the log are agreed; the state after the last of them is stored, none in between. */
    record Committed(List<Agreed> entries) implements AuthorityInput {
        public Committed {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One of them.
     *
     * @param submission as proposed, by {@link Submission#decode}; null for entries that are the log's own business
     */
    record Agreed(long index, long term, @Nullable Submission submission) {}

    /** The log did not take a proposal; whoever waits tries again. */
    record ProposalRefused(long opId) implements AuthorityInput {}

    /** Who votes and who learns in the log now. */
    record ConfigurationChanged(SortedSet<Seat> voters, SortedSet<Seat> learners) implements AuthorityInput {
        public ConfigurationChanged {
            voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
            learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
        }
    }

    /** The log gave this node a state instead of the entries before it; the bytes passed {@link StateForm#decode}. */
    record Install(StateForm.Snapshot snapshot) implements AuthorityInput {}

    // ---- from this node

    /** A store is durable. */
    record Stored(long opId) implements AuthorityInput {}

    /**
     * All data machines act on the ring of this epoch, and have ended or refused what they had begun under an earlier
     * one.
     */
    record Settled(long epoch) implements AuthorityInput {}

    /** The nodes that answer, by the membership's view. */
    record MembersChanged(SortedSet<NodeId> alive) implements AuthorityInput {
        public MembersChanged {
            alive = Collections.unmodifiableSortedSet(new TreeSet<>(alive));
        }
    }
}
