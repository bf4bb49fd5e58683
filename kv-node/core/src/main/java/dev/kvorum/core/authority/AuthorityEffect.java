package dev.kvorum.core.authority;

import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;

/** What the machine asks of its shell, and what it reports. */
public sealed interface AuthorityEffect {

    /** Send to a peer; a failure is silence. */
    record Send(NodeId to, AuthorityMessage message) implements AuthorityEffect {}

    /** Send to whoever answers at this address, whatever its id: the question is who that is. */
    record Call(String host, Ports ports, AuthorityMessage message) implements AuthorityEffect {}

    // ---- to the log

    /** Put an entry, {@link Submission#encode}, into the log; this node leads, as far as it knows. */
    record Propose(long opId, Submission submission) implements AuthorityEffect {}

    /**
     * Bring the log's configuration to {@link Authority#wantedMembers}, one safe step after the other, each by what
     * that is when it is taken; repeated until it is reached.
     */
    record ChangeMembers() implements AuthorityEffect {}

    /** An installed state is durable: the log may go on after it. */
    record Installed(long index, long term) implements AuthorityEffect {}

    // ---- to this node

    /** Make the batch durable at once or not at all, then answer {@code Stored}. One is under way at a time. */
    record Store(long opId, StoreBatch batch) implements AuthorityEffect {}

    /** The data path goes by this from now on; it is durable here. */
    record RingChanged(Ring ring, AuthorityState state) implements AuthorityEffect {}

    /** This process may act as {@code node}. */
    record Registered(Answer.Registered answer) implements AuthorityEffect {}

    /**
     * This process may not act, for a reason that asking again does not change. After {@link RefusalCode#OLD_COPY} or
     * {@link RefusalCode#VOLUME_LOST} it takes a new volume id and comes {@link Arrival.Anew}.
     */
    record RegistrationRefused(RefusalCode code, String detail) implements AuthorityEffect {}

    /** Registration is put off; for the eyes of whoever looks at a node that does not get ready. */
    record RegistrationWaits(RefusalCode code, String reason) implements AuthorityEffect {}

    // ---- to doors

    /**
     * What a door's command came to.
     *
     * @param index where in the log: answers in order of it are a history
     */
    record Answered(long ticket, long index, Answer answer) implements AuthorityEffect {}

    /** No answer came. */
    record Unanswered(long ticket, Trouble trouble, Outcome outcome) implements AuthorityEffect {}

    /** Why there is no answer. */
    enum Trouble {
        /** Nobody leads, or nobody who leads could be reached. */
        TIMEOUT,
        /** Too many commands wait at this node. */
        OVERLOADED
    }

    /** For logs, counters and the simulator's checks; asks for nothing. */
    record Trace(AuthorityTrace event) implements AuthorityEffect {}
}
