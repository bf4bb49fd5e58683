package dev.kvorum.core.node;

import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.ConsensusTrace;
import dev.kvorum.core.consensus.Role;

/** What a node's part of the authority asks of its shell. */
public sealed interface AuthorityGroupEffect {

    /** Send a packet of the log to {@code packet.to().node()}; a failure is silence. */
    record SendPacket(ConsensusPacket packet) implements AuthorityGroupEffect {}

    /** Make this durable, then answer {@code Stored}. */
    record Store(long opId, AuthorityGroupWrite write) implements AuthorityGroupEffect {}

    /** The log up to here may be deleted, some time. */
    record Compact(long throughIndex) implements AuthorityGroupEffect {}

    /** What the authority itself wants of its node: messages, ring changes, registration, answers, traces. */
    record Decided(AuthorityEffect effect) implements AuthorityGroupEffect {}

    /** This node does something else in the log now; for metrics and status. */
    record RoleChanged(Role role, long term) implements AuthorityGroupEffect {}

    /** This node's copy of the log is lost: it takes a new volume id and comes back as another replica. */
    record LogLost(String what) implements AuthorityGroupEffect {}

    /** For logs, counters and the simulator's checks. */
    record LogTrace(ConsensusTrace event) implements AuthorityGroupEffect {}
}
