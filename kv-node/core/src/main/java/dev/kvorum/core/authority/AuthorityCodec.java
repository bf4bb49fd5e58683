package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityMessage.Forward;
import dev.kvorum.core.authority.AuthorityMessage.IAm;
import dev.kvorum.core.authority.AuthorityMessage.NotLeader;
import dev.kvorum.core.authority.AuthorityMessage.Reply;
import dev.kvorum.core.authority.AuthorityMessage.WhoAreYou;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** The binary form of messages: version u8, kind u8, fields. The length is the frame's. */
public final class AuthorityCodec {

    /** The version that this code writes, and the only one that it reads. */
    public static final int VERSION = 1;

    private static final int FORWARD = 1;
    private static final int REPLY = 2;
    private static final int NOT_LEADER = 3;
    private static final int WHO_ARE_YOU = 4;
    private static final int I_AM = 5;

    private AuthorityCodec() {}

    public static byte[] encode(AuthorityMessage message) {
        WireWriter out = new WireWriter();
        out.putByte(VERSION);
        switch (message) {
            case Forward(Submission submission) -> out.putByte(FORWARD).putBytes(submission.encode());
            case Reply(CommandId id, long index, Answer answer) -> {
                id.write(out.putByte(REPLY));
                answer.write(out.putVar(index));
            }
            case NotLeader(CommandId id, NodeId leader) -> {
                id.write(out.putByte(NOT_LEADER));
                writeOptional(leader, out);
            }
            case WhoAreYou(long question) -> out.putByte(WHO_ARE_YOU).putLong(question);
            case IAm(long question, NodeId node, VolumeStart volume) -> {
                node.write(out.putByte(I_AM).putLong(question));
                volume.write(out);
            }
        }
        return out.toBytes();
    }

    /**
     * Reads a whole message.
     *
     * @throws MalformedException when the bytes are anything else, whatever they are
     */
    public static AuthorityMessage decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new MalformedException("an authority message of version " + version + ", this node reads " + VERSION);
        }
        try {
            AuthorityMessage message = read(in);
            in.end();
            return message;
        } catch (IllegalArgumentException outOfBounds) {
            throw new MalformedException("an authority message: " + outOfBounds.getMessage());
        }
    }

    private static AuthorityMessage read(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case FORWARD -> new Forward(Submission.decode(in.getBytes()));
            case REPLY -> new Reply(CommandId.read(in), in.getVar(), Answer.read(in));
            case NOT_LEADER -> new NotLeader(CommandId.read(in), readOptional(in));
            case WHO_ARE_YOU -> new WhoAreYou(in.getLong());
            case I_AM -> new IAm(in.getLong(), NodeId.read(in), VolumeStart.read(in));
            default -> throw new MalformedException("unknown kind of authority message " + kind);
        };
    }

    private static void writeOptional(@Nullable NodeId node, WireWriter out) {
        out.putByte(node == null ? 0 : 1);
        if (node != null) {
            node.write(out);
        }
    }

    private static @Nullable NodeId readOptional(WireReader in) {
        int present = in.getByte();
        if (present > 1) {
            throw new MalformedException("a node is there or not, never " + present);
        }
        return present == 0 ? null : NodeId.read(in);
    }
}
