package dev.kvorum.sim.search;

import dev.kvorum.core.consensus.ConsensusFlaw;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.sim.check.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks depth first through all states of three voters that can be reached within the bounds, and judges I11 at each
 * step. It begins where the first node has just won the first term; which one it is makes no difference.
 */
public final class Search {

    /**
     * What came of a search.
     *
     * @param states of the group, each different
     * @param steps from one to another
     * @param nodeStates of single nodes
     * @param violation what was wrong and the way there; null when nothing was
     */
    public record Result(
            long states,
            long steps,
            int nodeStates,
            End end,
            @Nullable String violation) {}

    /** How a search ended. */
    public enum End {
        COMPLETE,
        TOO_MANY_STATES,
        VIOLATION
    }

    /** Of a state: three node states, these counts and memories, then the packets on their way in ascending order. */
    private static final int CRASHES = Bounds.NODES;

    private static final int PROPOSALS = CRASHES + 1;
    private static final int RESENDS = PROPOSALS + 1;
    private static final int LEADERS = RESENDS + 1;
    private static final int COMMITTED = LEADERS + 1;
    private static final int PACKETS = COMMITTED + 1;

    private static final long STATES_BETWEEN_NEWS = 5_000_000;

    private static final int BITS = 4;
    private static final int MASK = (1 << BITS) - 1;
    private static final int TERM_BITS = 2;
    private static final int TERM_MASK = (1 << TERM_BITS) - 1;

    private final Bounds bounds;
    private final Locals locals;
    private final Visited visited = new Visited();
    private final ArrayDeque<String> path = new ArrayDeque<>();
    private final LongConsumer progress;
    private long steps;
    private boolean isCut;

    /** @param progress is told from time to time how many states were met */
    public Search(Bounds bounds, Set<ConsensusFlaw> flaws, LongConsumer progress) {
        this.bounds = bounds;
        this.progress = progress;
        locals = new Locals(Bounds.config(flaws));
    }

    public Result run() {
        try {
            int[] first = firstLeader();
            visited.add(first);
            visit(first);
        } catch (Violation violation) {
            String how = String.join("\n", path) + "\n" + violation.getMessage();
            return new Result(visited.size(), steps, locals.size(), End.VIOLATION, how);
        }
        return new Result(visited.size(), steps, locals.size(), isCut ? End.TOO_MANY_STATES : End.COMPLETE, null);
    }

    /** Node 0 stands and wins with the vote of node 1; everything else is still on its way. */
    private int[] firstLeader() {
        int[] state = new int[PACKETS];
        for (int node = 0; node < Bounds.NODES; node++) {
            state[node] = locals.start(node);
        }
        state = after(state, 0, Locals.TIMEOUT, -1);
        state = after(state, 0, Locals.STORED, -1);
        state = deliverFirst(state, 1);
        state = after(state, 1, Locals.STORED, -1);
        while (locals.view(state[1]).pendingOp() != 0) {
            state = after(state, 1, Locals.STORED, -1);
        }
        return deliverFirst(state, 0);
    }

    private int[] deliverFirst(int[] state, int node) {
        for (int place = PACKETS; place < state.length; place++) {
            if (Locals.receiver(locals.packet(state[place])) == node) {
                return after(state, node, Locals.delivery(state[place]), place);
            }
        }
        throw new IllegalStateException("nothing is on its way to node " + node);
    }

    private void visit(int[] state) {
        for (int node = 0; node < Bounds.NODES; node++) {
            Local.View view = locals.view(state[node]);
            if (view.pendingOp() != 0) {
                go(state, node, Locals.STORED, -1);
            }
            if (view.role() != Role.LEADER && view.term() < bounds.mostTerm()) {
                go(state, node, Locals.TIMEOUT, -1);
            }
            boolean canLose = view.pendingOp() != 0 || view.role() != Role.FOLLOWER;
            if (state[CRASHES] < bounds.crashes() && canLose) {
                go(state, node, Locals.CRASH, -1);
            }
            if (view.role() == Role.LEADER && state[PROPOSALS] < bounds.proposals()) {
                go(state, node, Locals.PROPOSE, -1);
            }
            if (view.role() == Role.LEADER && state[RESENDS] < bounds.resends()) {
                go(state, node, Locals.RESEND, -1);
            }
        }
        for (int place = PACKETS; place < state.length; place++) {
            int node = Locals.receiver(locals.packet(state[place]));
            go(state, node, Locals.delivery(state[place]), place);
        }
    }

    private void go(int[] state, int node, int event, int place) {
        if (visited.size() >= bounds.mostStates()) {
            isCut = true;
            return;
        }
        steps++;
        path.addLast(name(node, event, state, place));
        int[] next = stored(after(state, node, event, place));
        if (visited.add(next)) {
            if (visited.size() % STATES_BETWEEN_NEWS == 0) {
                progress.accept(visited.size());
            }
            visit(next);
        }
        path.removeLast();
    }

    /**
     * When nobody may crash any more, stores end at once: a late end then only means that what waited for it is
     * delivered late, which any packet may be.
     */
    private int[] stored(int[] state) {
        int[] now = state;
        if (state[CRASHES] == bounds.crashes()) {
            for (int other = 0; other < Bounds.NODES; other++) {
                while (locals.view(now[other]).pendingOp() != 0) {
                    now = after(now, other, Locals.STORED, -1);
                }
            }
        }
        return now;
    }

    private String name(int node, int event, int[] state, int place) {
        return switch (event) {
            case Locals.TIMEOUT -> "node " + node + " stands";
            case Locals.STORED -> "node " + node + " has stored";
            case Locals.CRASH -> "node " + node + " crashes";
            case Locals.RESEND -> "node " + node + " sends again";
            case Locals.PROPOSE -> "node " + node + " proposes";
            default -> "node " + node + " receives packet " + state[place];
        };
    }

    // ---- one step

    private int[] after(int[] state, int node, int event, int place) {
        Transition step = locals.on(state[node], event);
        if (step.violation() != null) {
            throw new Violation(step.violation());
        }
        int[] head = Arrays.copyOf(state, PACKETS);
        head[node] = step.to();
        head[CRASHES] += event == Locals.CRASH ? 1 : 0;
        head[PROPOSALS] += event == Locals.PROPOSE ? 1 : 0;
        head[RESENDS] += event == Locals.RESEND ? 1 : 0;
        Local.View view = locals.view(step.to());
        if (step.leads() > 0) {
            head[LEADERS] = lead(head, node, step.leads(), view);
        }
        head[COMMITTED] = commit(head[COMMITTED], node, view);
        return withPackets(head, state, place, step.sent());
    }

    /** Who leads in a term has what was committed in the terms before it. */
    private static int lead(int[] head, int node, long term, Local.View view) {
        int shift = BITS * (int) term;
        int other = (head[LEADERS] >> shift) & MASK;
        require(other == 0 || other == node + 1, "nodes " + (other - 1) + " and " + node + " lead in term " + term);
        for (int index = 1; index * BITS <= Integer.SIZE; index++) {
            int committed = (head[COMMITTED] >>> (BITS * (index - 1))) & MASK;
            boolean isBefore = committed != 0 && committed >> TERM_BITS < term;
            boolean isThere = index <= view.terms().length && view.terms()[index - 1] == (committed & TERM_MASK);
            require(
                    !isBefore || isThere,
                    "node " + node + " leads in term " + term + " without the committed entry " + index);
        }
        return head[LEADERS] | ((node + 1) << shift);
    }

    /** Of each entry its term, and the term in which it was committed first, which its leader knows first. */
    private static int commit(int committed, int node, Local.View view) {
        int all = committed;
        for (int index = 1; index <= view.commit(); index++) {
            int shift = BITS * (index - 1);
            int term = (int) view.terms()[index - 1];
            int other = (all >>> shift) & MASK;
            require(other == 0 || (other & TERM_MASK) == term, "node " + node + " commits another entry " + index);
            if (other == 0) {
                all |= (((int) view.term() << TERM_BITS) | term) << shift;
            }
        }
        return all;
    }

    /** Packets that can do nothing any more are let go: states that differ only in them are the same. */
    private int[] withPackets(int[] head, int[] state, int delivered, int[] sent) {
        TreeSet<Integer> packets = new TreeSet<>();
        for (int place = PACKETS; place < state.length; place++) {
            if (place != delivered) {
                packets.add(state[place]);
            }
        }
        for (int packet : sent) {
            packets.add(packet);
        }
        List<Integer> kept = new ArrayList<>();
        for (int packet : packets) {
            if (!locals.isIdle(head, packet)) {
                kept.add(packet);
            }
        }
        int[] next = Arrays.copyOf(head, PACKETS + kept.size());
        for (int i = 0; i < kept.size(); i++) {
            next[PACKETS + i] = kept.get(i);
        }
        return next;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new Violation("I11: " + message);
        }
    }
}
