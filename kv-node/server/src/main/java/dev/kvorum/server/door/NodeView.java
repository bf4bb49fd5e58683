package dev.kvorum.server.door;

import dev.kvorum.core.ring.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the doors may know of the node. Called from any thread; answers at once, from immutable values. */
public interface NodeView {

    Standing standing();

    /** Null until the store has been opened. */
    @Nullable
    Identity identity();

    /** Null until a founding document has been accepted. */
    @Nullable
    Founded founded();

    /**
     * The node that coordinates {@code shard} in this node's view: the first live, complete replica that has warmed up,
     * else the first live one, or the first of the set when none is. Called only when {@link #founded} is not null.
     */
    NodeId home(int shard);

    /** How many replicas of {@code shard} this node reckons with at present, itself included. */
    int liveReplicas(int shard);

    /** The keys of the slots whose home this node is. Called only when {@link #founded} is not null. */
    HomeKeys homeKeys();

    /** All members including this node, in a stable order. */
    List<MemberRow> members();

    /** For how long the event loop that has turned least lately has stood still. */
    long stillForMs();

    /** Figures of storage, queues, replication and links; those of the doors are added by the doors. */
    List<Reading> readings();
}
