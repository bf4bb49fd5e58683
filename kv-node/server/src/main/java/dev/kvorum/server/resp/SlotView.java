package dev.kvorum.server.resp;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.MemberRow;
import dev.kvorum.server.door.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which node is home of which slots at one moment, in the fewest contiguous ranges. */
final class SlotView {

    private final Ring ring;
    private final @Nullable NodeId self;
    private final List<Range> ranges;
    private final Map<NodeId, String> states;

    /** Slots {@code first} to {@code last}, both included. */
    record Range(int first, int last, RingNode home) {}

    private SlotView(Ring ring, @Nullable NodeId self, List<Range> ranges, Map<NodeId, String> states) {
        this.ring = ring;
        this.self = self;
        this.ranges = ranges;
        this.states = states;
    }

    static SlotView of(Ring ring, NodeView node) {
        List<Range> ranges = new ArrayList<>();
        for (int shard = 0; shard < ring.shards(); shard++) {
            RingNode home = ring.node(node.home(shard));
            if (home != null) {
                addTo(ranges, new Range(ring.firstSlot(shard), ring.lastSlot(shard), home));
            }
        }
        Map<NodeId, String> states = new HashMap<>();
        for (MemberRow member : node.members()) {
            states.put(member.id(), member.state());
        }
        Identity identity = node.identity();
        return new SlotView(ring, identity == null ? null : identity.id(), ranges, states);
    }

    private static void addTo(List<Range> ranges, Range next) {
        Range last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null && last.last() + 1 == next.first() && last.home().equals(next.home())) {
            ranges.set(ranges.size() - 1, new Range(last.first(), next.last(), last.home()));
        } else {
            ranges.add(next);
        }
    }

    List<Range> ranges() {
        return ranges;
    }

    List<Range> rangesOf(RingNode node) {
        return ranges.stream().filter(range -> range.home().equals(node)).toList();
    }

    List<RingNode> nodes() {
        return ring.nodes();
    }

    long epoch() {
        return ring.epoch();
    }

    boolean isSelf(RingNode node) {
        return node.id().equals(self);
    }

    boolean isAlive(RingNode node) {
        return failFlag(node).isEmpty();
    }

    /** What {@code CLUSTER NODES} adds to the flags of a node that is not seen alive. */
    String failFlag(RingNode node) {
        return switch (states.getOrDefault(node.id(), "unknown")) {
            case "alive" -> "";
            case "suspect" -> ",fail?";
            default -> ",fail";
        };
    }
}
