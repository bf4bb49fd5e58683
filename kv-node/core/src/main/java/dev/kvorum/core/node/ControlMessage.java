package dev.kvorum.core.node;

import dev.kvorum.core.authority.AuthorityCodec;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.consensus.ConsensusCodec;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/** What the control contexts of two nodes say to each other, one message a frame ({@link Frames}). */
public sealed interface ControlMessage {

    /** The version of this form. */
    int VERSION = 1;

    /** The first thing each side says. */
    record Hello(Greeting greeting) implements ControlMessage {}

    /** Why the other side is not listened to, for its log; the connection ends. */
    record TurnedAway(String why) implements ControlMessage {}

    /** A packet of the authority's log. */
    record LogPacket(ConsensusPacket packet) implements ControlMessage {}

    /** A message about commands. */
    record Command(AuthorityMessage message) implements ControlMessage {}

    default void write(WireWriter out) {
        out.putByte(VERSION);
        switch (this) {
            case Hello(Greeting greeting) -> greeting.write(out.putByte(1));
            case TurnedAway(String why) -> out.putByte(2).putText(why);
            case LogPacket(ConsensusPacket packet) -> out.putByte(3).putBytes(ConsensusCodec.encode(packet));
            case Command(AuthorityMessage message) -> out.putByte(4).putBytes(AuthorityCodec.encode(message));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedException when the bytes are anything else
     */
    static ControlMessage read(WireReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new MalformedException("version " + version + " of control messages, " + VERSION + " is spoken here");
        }
        int kind = in.getByte();
        ControlMessage message = switch (kind) {
            case 1 -> new Hello(Greeting.read(in));
            case 2 -> new TurnedAway(in.getText());
            case 3 -> new LogPacket(ConsensusCodec.decode(in.getBytes()));
            case 4 -> new Command(AuthorityCodec.decode(in.getBytes()));
            default -> throw new MalformedException("unknown kind of control message " + kind);
        };
        in.end();
        return message;
    }
}
