package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/** What the machine asks of its shell, and what it reports. */
public sealed interface MembershipEffect {

    /** Send the packet, encoded by {@link MembershipCodec}; a failure is silence, and is not reported back. */
    record Send(NodeId to, Contact contact, Transport transport, MembershipPacket packet) implements MembershipEffect {}

    /** A member (or this node itself) is new, or its state, incarnation, profile or score changed. */
    record MemberChanged(Member member) implements MembershipEffect {}

    /**
     * Others suspected this node, held it dead or gone, and it has contradicted them.
     *
     * @param heldState what they held
     * @param incarnation this node's incarnation from now on
     */
    record SelfRefuted(MemberState heldState, long incarnation) implements MembershipEffect {}

    /** More than one probe interval passed between two ticks: this node stood still, and others may have noticed. */
    record LoopGap(long gapMs) implements MembershipEffect {}

    /** This node's good-bye has been told often enough; the shell may stop. */
    record Left() implements MembershipEffect {}

    /** For logs, counters and the simulator's checks; asks for nothing. */
    record Trace(MembershipTrace event) implements MembershipEffect {}
}
