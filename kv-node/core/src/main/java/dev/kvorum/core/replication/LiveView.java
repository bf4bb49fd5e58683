package dev.kvorum.core.replication;

import dev.kvorum.core.ring.NodeId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which other nodes this loop reckons with at present. A suspect, a closed link, 500 ms of unanswered frames or a node
 * that says it is fenced is not live here. Never decides who owns a shard.
 *
 * @param live nodes that can take writes
 * @param voting those among them whose answers count as read votes
 */
public record LiveView(SortedSet<NodeId> live, SortedSet<NodeId> voting) {

    /** Nobody but the node itself. */
    public static final LiveView ALONE = new LiveView(new TreeSet<>(), new TreeSet<>());

    public LiveView {
        live = Collections.unmodifiableSortedSet(new TreeSet<>(live));
        voting = Collections.unmodifiableSortedSet(new TreeSet<>(voting));
    }

    public boolean isLive(NodeId node) {
        return live.contains(node);
    }

    public boolean isVoting(NodeId node) {
        return voting.contains(node);
    }
}
