package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;

/** What a command came to. Equal for every retry of a remembered command. */
public sealed interface Answer {

    /** Done, or nothing to do; the ring's epoch after it. */
    record Done(long epoch) implements Answer {}

    /**
     * The node may act.
     *
     * @param node its id from now on; another than it asked with, when it is known by its name
     * @param state active, or pending when it must be rebuilt first
     */
    record Registered(NodeId node, VolumeId volume, NodeState state, long epoch) implements Answer {}

    /** The operator may act under this number until another opens a session. */
    record SessionOpened(long number) implements Answer {}

    /**
     * The shard goes on with what is left.
     *
     * @param without replicas whose acknowledgements since are void
     */
    record LossAccepted(int shard, List<NodeId> without) implements Answer {
        public LossAccepted {
            without = List.copyOf(without);
        }
    }

    /** Nothing has changed; the detail says what, where, and what next. */
    record Refused(RefusalCode code, String detail) implements Answer {
        public Refused {
            detail = Texts.cut(detail);
        }
    }

    default void write(WireWriter out) {
        switch (this) {
            case Done(long epoch) -> out.putByte(0).putVar(epoch);
            case Registered(NodeId node, VolumeId volume, NodeState state, long epoch) -> {
                node.write(out.putByte(1));
                volume.write(out);
                out.putEnum(state).putVar(epoch);
            }
            case SessionOpened(long number) -> out.putByte(2).putVar(number);
            case LossAccepted(int shard, List<NodeId> without) -> {
                out.putByte(3).putVar(shard).putVar(without.size());
                without.forEach(node -> node.write(out));
            }
            case Refused(RefusalCode code, String detail) ->
                out.putByte(4).putEnum(code).putText(detail);
        }
    }

    static Answer read(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case 0 -> new Done(in.getVar());
            case 1 -> new Registered(NodeId.read(in), VolumeId.read(in), in.getEnum(NodeState.values()), in.getVar());
            case 2 -> new SessionOpened(in.getVar());
            case 3 -> new LossAccepted(Texts.smallNumber(in), Texts.list(in, NodeId.BYTES, NodeId::read));
            case 4 -> new Refused(in.getEnum(RefusalCode.values()), Texts.read(in, Texts.MOST_DETAIL_BYTES));
            default -> throw new MalformedException("unknown kind of answer " + kind);
        };
    }
}
