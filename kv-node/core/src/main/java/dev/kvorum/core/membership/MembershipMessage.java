package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.List;

/** The messages of the protocol. Sequences are the asker's own; an answer repeats the one it answers. */
public sealed interface MembershipMessage {

    /** Asks the receiver for an {@link Ack}, over the transport on which this came. */
    record Ping(long sequence) implements MembershipMessage {}

    /** Asks the receiver to ping {@code target} in our place, since we got no answer. */
    record PingRequest(long sequence, NodeId target) implements MembershipMessage {}

    /** Answers a {@link Ping}, or tells the sender of a {@link PingRequest} that its target answered. */
    record Ack(long sequence) implements MembershipMessage {}

    /** Tells the sender of a {@link PingRequest} that its target did not answer us either, but that we are here. */
    record Nack(long sequence) implements MembershipMessage {}

    /** Carries nothing but the rumours that ride on every packet. */
    record Gossip() implements MembershipMessage {}

    /** Gives all that the sender knows, itself excluded (that is at the head), and asks for the same. */
    record ExchangeRequest(List<Rumour> members) implements MembershipMessage {
        public ExchangeRequest {
            members = List.copyOf(members);
        }
    }

    /** Answers an {@link ExchangeRequest}. */
    record ExchangeReply(List<Rumour> members) implements MembershipMessage {
        public ExchangeReply {
            members = List.copyOf(members);
        }
    }
}
