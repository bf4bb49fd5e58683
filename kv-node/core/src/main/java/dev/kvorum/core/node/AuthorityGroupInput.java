package dev.kvorum.core.node;

import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.ring.NodeId;

/** What can happen to a node's part of the authority. */
public sealed interface AuthorityGroupInput {

    /** Time has passed; the shell sends one every {@link AuthorityGroup#TICK_MS} or so. */
    record Tick() implements AuthorityGroupInput {}

    /** A packet of the log came in. */
    record PacketReceived(ConsensusPacket packet) implements AuthorityGroupInput {}

    /** A message about commands came in. */
    record MessageReceived(NodeId from, AuthorityMessage message) implements AuthorityGroupInput {}

    /** A write is durable, and all before it are. */
    record Stored(long opId) implements AuthorityGroupInput {}

    /** A door's command. */
    record Submit(AuthorityInput.Submit command) implements AuthorityGroupInput {}

    /** The data machines act on a ring. */
    record Settled(long epoch) implements AuthorityGroupInput {}

    /** The membership's view changed. */
    record MembersChanged(AuthorityInput.MembersChanged members) implements AuthorityGroupInput {}
}
