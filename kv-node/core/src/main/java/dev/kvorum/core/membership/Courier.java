package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes packets: puts this node's own word at the head, tells the receiver what we hold of it if that is not "alive",
 * and fills the rest with gossip.
 */
final class Courier {

    private final MembershipConfig config;
    private final Own own;
    private final Roster roster;
    private final GossipQueue gossip;

    Courier(MembershipConfig config, Own own, Roster roster, GossipQueue gossip) {
        this.config = config;
        this.own = own;
        this.roster = roster;
        this.gossip = gossip;
    }

    /** Sends the news that the member does not know yet from itself, if there are any. */
    void gossip(Peer peer, Consumer<? super MembershipEffect> out) {
        Gossip message = new Gossip();
        List<Rumour> riding = withGossip(peer.id, message, forReceiver(peer.id));
        if (!riding.isEmpty()) {
            out.accept(new Send(peer.id, peer.profile.contact(), Transport.UDP, packet(peer.id, message, riding)));
        }
    }

    void send(Seed to, Transport transport, MembershipMessage message, Consumer<? super MembershipEffect> out) {
        List<Rumour> first = forReceiver(to.id());
        List<Rumour> riding = isExchange(message) ? first : withGossip(to.id(), message, first);
        out.accept(new Send(to.id(), to.contact(), transport, packet(to.id(), message, riding)));
    }

    /** Everything that this node holds of others. */
    List<Rumour> everything() {
        return roster.all().stream().map(Peer::rumour).toList();
    }

    private List<Rumour> forReceiver(NodeId to) {
        Peer peer = roster.find(to);
        return peer != null && peer.mustBeTold() ? List.of(peer.rumour()) : List.of();
    }

    private List<Rumour> withGossip(NodeId to, MembershipMessage message, List<Rumour> first) {
        if (gossip.isEmpty()) {
            return first;
        }
        MembershipPacket bare = packet(to, message, first);
        // one byte more: the count of rumours may need a second one
        int budgetBytes = config.gossiping().packetBytes() - MembershipCodec.sizeBytes(bare) - 1;
        List<Rumour> riding = new ArrayList<>(first);
        riding.addAll(gossip.take(budgetBytes, timesToTell(), to));
        return riding;
    }

    private MembershipPacket packet(NodeId to, MembershipMessage message, List<Rumour> riding) {
        return new MembershipPacket(own.clusterId, to, own.rumour(), message, riding);
    }

    private int timesToTell() {
        if (config.has(MembershipFlaw.GOSSIPS_FOR_EVER)) {
            return Integer.MAX_VALUE;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(roster.clusterSize());
        return config.gossiping().retransmitFactor() * bits;
    }

    private static boolean isExchange(MembershipMessage message) {
        return message instanceof MembershipMessage.ExchangeRequest
                || message instanceof MembershipMessage.ExchangeReply;
    }
}
