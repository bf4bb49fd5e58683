package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.List;

/**
 * One message with its envelope, as it crosses the network.
 *
 * @param to whom it is meant for; another node that meanwhile lives at the address must not answer in its place
 * @param sender the sender's own word about itself: id, profile, incarnation, heartbeat, score
 * @param gossip rumours that ride along
 */
public record MembershipPacket(
        String clusterId, NodeId to, Rumour sender, MembershipMessage message, List<Rumour> gossip) {

    public MembershipPacket {
        Names.require("cluster id", clusterId, Names.MOST_CLUSTER_ID_CHARACTERS);
        gossip = List.copyOf(gossip);
        if (sender.state() != MemberState.ALIVE && sender.state() != MemberState.LEFT) {
            throw new IllegalArgumentException("nobody says of itself that it is " + sender.state());
        }
    }

    public NodeId from() {
        return sender.subject();
    }
}
