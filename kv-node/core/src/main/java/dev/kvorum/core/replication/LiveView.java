package dev.kvorum.core.replication;

import dev.kvorum.core.ring.NodeId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which other nodes this loop reckons with at present. A suspect, a closed link, 500 ms of unanswered frames or a node
 * that says it is fenced is not live here. Never decides who owns a shard.
 *
 * @param live nodes that can take writes and coordinate
 * @param steady those among them that do not warm up: homes, before all others
 * @param voting those among the live ones whose answers count as read votes
 * @param open nodes behind an open link, silent ones too: asked when the live ones do not suffice, since a node that is
 *     merely slow answers in time more often than not
 * @param openVoting those among them whose answers count as read votes
 */
public record LiveView(
        SortedSet<NodeId> live,
        SortedSet<NodeId> steady,
        SortedSet<NodeId> voting,
        SortedSet<NodeId> open,
        SortedSet<NodeId> openVoting) {

    /** Nobody but the node itself. */
    public static final LiveView ALONE =
            new LiveView(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public LiveView {
        live = Collections.unmodifiableSortedSet(new TreeSet<>(live));
        steady = Collections.unmodifiableSortedSet(new TreeSet<>(steady));
        voting = Collections.unmodifiableSortedSet(new TreeSet<>(voting));
        open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
        openVoting = Collections.unmodifiableSortedSet(new TreeSet<>(openVoting));
    }

    public boolean isLive(NodeId node) {
        return live.contains(node);
    }

    public boolean isSteady(NodeId node) {
        return steady.contains(node);
    }

    /** Whether a message to this node may still be answered. */
    public boolean isOpen(NodeId node) {
        return open.contains(node);
    }

    /** The same for a read vote. */
    public boolean isOpenVoting(NodeId node) {
        return openVoting.contains(node);
    }

    public boolean isVoting(NodeId node) {
        return voting.contains(node);
    }
}
