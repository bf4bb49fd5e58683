package dev.kvorum.core.ring;

import java.util.List;

/**
 * One row of the ring's table: the nodes that hold a shard, in the order in which they take over as its home.
 *
 * @param epoch the ring epoch of this row's own last change; fences compare this one, so that moving one shard disturbs
 *     no other
 * @param replicas distinct nodes, first the preferred home
 */
public record ShardEntry(int shard, long epoch, List<NodeId> replicas) {

    public ShardEntry {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty() || replicas.stream().distinct().count() != replicas.size()) {
            throw new IllegalArgumentException("shard " + shard + " needs distinct replicas, not " + replicas);
        }
    }

    public boolean isReplica(NodeId node) {
        return replicas.contains(node);
    }
}
