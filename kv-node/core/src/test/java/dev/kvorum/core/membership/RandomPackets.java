package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.ExchangeReply;
import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Packets that can be read, whether or not an honest node would ever send them.
 *
 * @param nodes whom they speak of; any ids when empty
 */
record RandomPackets(SplittableRandom random, List<NodeId> nodes) {

    /** Of one cluster, between few nodes, so that much of what they say is of each other. */
    static MembershipPacket between(SplittableRandom random, String clusterId, List<NodeId> nodes) {
        return new RandomPackets(random, nodes).packet(clusterId);
    }

    static MembershipPacket any(SplittableRandom random) {
        RandomPackets packets = new RandomPackets(random, List.of());
        return packets.packet(packets.text(63));
    }

    private MembershipPacket packet(String clusterId) {
        NodeId sender = id();
        MemberState word = random.nextBoolean() ? MemberState.ALIVE : MemberState.LEFT;
        return new MembershipPacket(
                clusterId, id(), new Rumour(sender, profile(), word, vitals(), sender), message(), rumours(5));
    }

    private MembershipMessage message() {
        return switch (random.nextInt(7)) {
            case 0 -> new Ping(random.nextLong());
            case 1 -> new PingRequest(random.nextLong(), id());
            case 2 -> new Ack(random.nextLong());
            case 3 -> new Nack(random.nextLong());
            case 4 -> new Gossip();
            case 5 -> new ExchangeRequest(rumours(20));
            default -> new ExchangeReply(rumours(20));
        };
    }

    private List<Rumour> rumours(int most) {
        List<Rumour> rumours = new ArrayList<>();
        for (int count = random.nextInt(most); count > 0; count--) {
            MemberState[] states = MemberState.values();
            rumours.add(new Rumour(id(), profile(), states[random.nextInt(states.length)], vitals(), id()));
        }
        return rumours;
    }

    private Profile profile() {
        return new Profile(text(63), text(63), text(253), ports());
    }

    private Vitals vitals() {
        return new Vitals(
                random.nextInt(20) == 0 ? Vitals.MOST_INCARNATION : 1 + (random.nextLong() >>> random.nextInt(2, 63)),
                random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextLong() >>> random.nextInt(1, 63),
                random.nextInt(101));
    }

    private Ports ports() {
        int first = random.nextInt(1, 0x10000 - 5);
        return new Ports(first, first + 1, first + 2, first + 3, first + 4);
    }

    private NodeId id() {
        return nodes.isEmpty()
                ? new NodeId(random.nextLong(), random.nextLong(), random.nextInt())
                : nodes.get(random.nextInt(nodes.size()));
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(1, most + 1); length > 0; length--) {
            text.append((char) random.nextInt('!', 0x7F));
        }
        return text.toString();
    }
}
