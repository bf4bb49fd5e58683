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
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of packets, the same for datagrams and for frames on a stream (whose length prefix is the shell's):
 *
 * <pre>
 * packet  = version u8, cluster id text, to 20, sender rumour, kind u8, body, count var, rumour*
 * rumour  = subject 20, state u8, incarnation var, heartbeat var, score u8, name text, zone text, host text,
 *           http u16, resp u16, peer u16, membership u16, admin u16, [accuser 20, of suspects and dead only]
 * body    = sequence var (ping, ack, nack) | sequence var, target 20 (ping request) | nothing (gossip)
 *         | count var, rumour* (exchanges)
 * </pre>
 */
public final class MembershipCodec {

    /** The version that this code writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** No packet carries more rumours than this. */
    public static final int MOST_RUMOURS = 4_096;

    /** The longest frame on a stream; a longer one is not worth reading. */
    public static final int MOST_BYTES = 2 << 20;

    /** A datagram must be able to hold the longest head and the longest rumour. */
    static final int LEAST_PACKET_BYTES = 1_120;

    private static final int LEAST_RUMOUR_BYTES = NodeId.BYTES + 1 + 1 + 1 + 1 + 2 + 2 + 2 + 10;

    private static final int PING = 1;
    private static final int PING_REQUEST = 2;
    private static final int ACK = 3;
    private static final int NACK = 4;
    private static final int GOSSIP = 5;
    private static final int EXCHANGE_REQUEST = 6;
    private static final int EXCHANGE_REPLY = 7;

    private MembershipCodec() {}

    public static byte[] encode(MembershipPacket packet) {
        WireWriter out = new WireWriter();
        write(packet, out);
        return out.toBytes();
    }

    /**
     * Reads a whole packet.
     *
     * @throws MalformedException when the bytes are anything else, whatever they are
     */
    public static MembershipPacket decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new MalformedException("membership packet of version " + version + ", this node reads " + VERSION);
        }
        try {
            MembershipPacket packet = new MembershipPacket(
                    in.getText(), NodeId.read(in), readRumour(in), readMessage(in), readRumours(in));
            in.end();
            return packet;
        } catch (IllegalArgumentException outOfBounds) {
            throw new MalformedException("membership packet: " + outOfBounds.getMessage());
        }
    }

    static int sizeBytes(MembershipPacket packet) {
        WireWriter out = new WireWriter();
        write(packet, out);
        return out.size();
    }

    static int sizeBytes(Rumour rumour) {
        WireWriter out = new WireWriter();
        write(rumour, out);
        return out.size();
    }

    private static void write(MembershipPacket packet, WireWriter out) {
        out.putByte(VERSION).putText(packet.clusterId());
        packet.to().write(out);
        write(packet.sender(), out);
        write(packet.message(), out);
        write(packet.gossip(), out);
    }

    private static void write(MembershipMessage message, WireWriter out) {
        switch (message) {
            case Ping(long sequence) -> out.putByte(PING).putVar(sequence);
            case PingRequest(long sequence, NodeId target) -> {
                out.putByte(PING_REQUEST).putVar(sequence);
                target.write(out);
            }
            case Ack(long sequence) -> out.putByte(ACK).putVar(sequence);
            case Nack(long sequence) -> out.putByte(NACK).putVar(sequence);
            case Gossip() -> out.putByte(GOSSIP);
            case ExchangeRequest(List<Rumour> members) -> write(members, out.putByte(EXCHANGE_REQUEST));
            case ExchangeReply(List<Rumour> members) -> write(members, out.putByte(EXCHANGE_REPLY));
        }
    }

    private static MembershipMessage readMessage(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case PING -> new Ping(in.getVar());
            case PING_REQUEST -> new PingRequest(in.getVar(), NodeId.read(in));
            case ACK -> new Ack(in.getVar());
            case NACK -> new Nack(in.getVar());
            case GOSSIP -> new Gossip();
            case EXCHANGE_REQUEST -> new ExchangeRequest(readRumours(in));
            case EXCHANGE_REPLY -> new ExchangeReply(readRumours(in));
            default -> throw new MalformedException("unknown membership message kind " + kind);
        };
    }

    private static void write(List<Rumour> rumours, WireWriter out) {
        out.putVar(rumours.size());
        for (Rumour rumour : rumours) {
            write(rumour, out);
        }
    }

    private static List<Rumour> readRumours(WireReader in) {
        int count = in.getCount(LEAST_RUMOUR_BYTES);
        if (count > MOST_RUMOURS) {
            throw new MalformedException(count + " rumours in one packet, at most " + MOST_RUMOURS + " are read");
        }
        List<Rumour> rumours = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rumours.add(readRumour(in));
        }
        return rumours;
    }

    private static void write(Rumour rumour, WireWriter out) {
        rumour.subject().write(out);
        out.putByte(code(rumour.state()));
        Vitals vitals = rumour.vitals();
        out.putVar(vitals.incarnation()).putVar(vitals.heartbeat()).putByte(vitals.score());
        write(rumour.profile(), out);
        if (accusationFollows(rumour.state())) {
            rumour.accuser().write(out);
        }
    }

    private static Rumour readRumour(WireReader in) {
        NodeId subject = NodeId.read(in);
        MemberState state = readState(in);
        Vitals vitals = new Vitals(in.getVar(), in.getVar(), in.getByte());
        Profile profile = readProfile(in);
        NodeId accuser = accusationFollows(state) ? NodeId.read(in) : subject;
        return new Rumour(subject, profile, state, vitals, accuser);
    }

    private static void write(Profile profile, WireWriter out) {
        out.putText(profile.name()).putText(profile.zone()).putText(profile.host());
        Ports ports = profile.ports();
        out.putShort(ports.http()).putShort(ports.resp()).putShort(ports.peer());
        out.putShort(ports.membership()).putShort(ports.admin());
    }

    private static Profile readProfile(WireReader in) {
        return new Profile(
                in.getText(),
                in.getText(),
                in.getText(),
                new Ports(in.getShort(), in.getShort(), in.getShort(), in.getShort(), in.getShort()));
    }

    private static int code(MemberState state) {
        return switch (state) {
            case ALIVE -> 0;
            case SUSPECT -> 1;
            case DEAD -> 2;
            case LEFT -> 3;
        };
    }

    private static MemberState readState(WireReader in) {
        int code = in.getByte();
        return switch (code) {
            case 0 -> MemberState.ALIVE;
            case 1 -> MemberState.SUSPECT;
            case 2 -> MemberState.DEAD;
            case 3 -> MemberState.LEFT;
            default -> throw new MalformedException("unknown member state " + code);
        };
    }

    private static boolean accusationFollows(MemberState state) {
        return state == MemberState.SUSPECT || state == MemberState.DEAD;
    }
}
