package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as the authority knows it.
 *
 * @param registered the newest start that registered; null only while {@link NodeState#EXPECTED}, and for a node that
 *     was lost or retired before it ever registered
 * @param featureLevel the highest its newest registered build knows; 0 before
 * @param seat the volume by which its copy of the log is named, see {@link Seat}; null while it has none
 * @param former volumes that were its own before and never are again, the latest {@value #MOST_FORMER}
 */
public record NodeEntry(
        RingNode node,
        NodeState state,
        @Nullable VolumeStart registered,
        @Nullable VolumeId seat,
        int featureLevel,
        List<VolumeId> former) {

    static final int MOST_FORMER = 256;

    public NodeEntry {
        former = List.copyOf(former);
    }

    static NodeEntry expected(RingNode node) {
        return new NodeEntry(node, NodeState.EXPECTED, null, Seat.FOUNDING, 0, List.of());
    }

    public NodeId id() {
        return node.id();
    }

    /** Whether its data, acknowledgements and messages may count at all. */
    public boolean isCurrent() {
        return state != NodeState.LOST && state != NodeState.RETIRED;
    }

    /** Whether {@code volume} is the one this node lives on. */
    public boolean isOn(VolumeId volume) {
        return registered != null && registered.volume().equals(volume);
    }

    NodeEntry with(NodeState next) {
        return new NodeEntry(node, next, registered, seat, featureLevel, former);
    }

    NodeEntry at(RingNode place) {
        return new NodeEntry(place, state, registered, seat, featureLevel, former);
    }

    NodeEntry started(VolumeStart start, int level) {
        return new NodeEntry(node, state, start, seat == null ? start.volume() : seat, level, former);
    }

    /** The volume it lives on becomes one of the former. */
    NodeEntry withoutVolume() {
        if (registered == null) {
            return new NodeEntry(node, state, null, null, featureLevel, former);
        }
        List<VolumeId> gone = new ArrayList<>(former);
        gone.add(registered.volume());
        List<VolumeId> latest = gone.subList(Math.max(0, gone.size() - MOST_FORMER), gone.size());
        return new NodeEntry(node, state, null, null, featureLevel, latest);
    }

    static NodeEntry read(WireReader in) {
        RingNode node = RingNode.read(in);
        NodeState state = in.getEnum(NodeState.values());
        VolumeStart registered = in.getByte() == 0 ? null : VolumeStart.read(in);
        VolumeId seat = in.getByte() == 0 ? null : VolumeId.read(in);
        int featureLevel = Texts.smallNumber(in);
        List<VolumeId> former = Texts.list(in, VolumeId.BYTES, VolumeId::read);
        if (former.size() > MOST_FORMER) {
            throw new MalformedException("node " + node.name() + " has " + former.size() + " former volumes");
        }
        return new NodeEntry(node, state, registered, seat, featureLevel, former);
    }

    void write(WireWriter out) {
        node.write(out);
        out.putEnum(state).putByte(registered == null ? 0 : 1);
        if (registered != null) {
            registered.write(out);
        }
        out.putByte(seat == null ? 0 : 1);
        if (seat != null) {
            seat.write(out);
        }
        out.putVar(featureLevel).putVar(former.size());
        former.forEach(volume -> volume.write(out));
    }
}
