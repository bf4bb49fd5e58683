package dev.kvorum.sim.search;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConsensusInput;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.consensus.Saved;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of one node, and one way to get there: from what a start found, by a chain of inputs. States that look the
 * same behave the same, so one way is enough.
 */
final class Local {

    final int node;
    final Saved origin;
    final @Nullable Local before;
    final @Nullable ConsensusInput input;
    final long nowMs;

    /** Set once the state is reached for the first time. */
    View view = View.NONE;

    /**
     * What others need to know of the state.
     *
     * @param durable what a crash would leave
     * @param pendingOp the first store on its way; 0 for none
     * @param terms of the entries of the log, from index 1 on
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record View(Role role, long term, Saved durable, long pendingOp, long commit, long[] terms) {
        static final View NONE = new View(
                Role.FOLLOWER,
                0,
                new Saved(HardState.NEW, Mark.start(Configuration.NONE), List.of()),
                0,
                0,
                new long[0]);
    }

    /** A process starts. */
    Local(int node, Saved origin) {
        this.node = node;
        this.origin = origin;
        before = null;
        input = null;
        nowMs = 0;
    }

    /** A process takes an input. */
    Local(Local before, long nowMs, ConsensusInput input) {
        node = before.node;
        origin = before.origin;
        this.before = before;
        this.nowMs = nowMs;
        this.input = input;
    }

    /** The inputs since the start, in order, each with its time. */
    Deque<Local> chain() {
        Deque<Local> chain = new ArrayDeque<>();
        for (Local at = this; at != null && at.input != null; at = at.before) {
            chain.addFirst(at);
        }
        return chain;
    }
}
