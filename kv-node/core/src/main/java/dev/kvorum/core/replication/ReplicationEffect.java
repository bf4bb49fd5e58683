package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import org.jspecify.annotations.Nullable;

/** Everything that a replication machine may ask its shell to do. */
public sealed interface ReplicationEffect {

    /** Send, at most once and in order; whatever cannot be sent is dropped and shows as silence. */
    record Send(NodeId to, ReplicationMessage message) implements ReplicationEffect {}

    /** Answer the door that asked. */
    record Reply(long requestId, ClientReply reply) implements ReplicationEffect {}

    /**
     * Make this the stored object of the key. Stores are carried out in the order emitted; a later one that is durable
     * implies the earlier ones.
     */
    record Store(long storeId, Key key, KvObject object, Durability durability) implements ReplicationEffect {}

    /** Look the key up in the store, seeing at least every store answered so far. */
    record Load(long loadId, Key key) implements ReplicationEffect {}

    /** Read the next page of a shard's slots in store order. */
    record Scan(long scanId, int shard, @Nullable Key after) implements ReplicationEffect {}

    /** A peer acts under a newer entry of this shard: fetch the committed ring. */
    record RingBehind(NodeId ahead, int shard, long epoch) implements ReplicationEffect {}

    /**
     * This machine acts by the ring of this epoch, and all that it began under an earlier row of a shard that changed
     * has ended or was refused: from now on nothing is acknowledged, shown or stored here for a row before it. Said
     * once for each ring that it was told, in order.
     */
    record Settled(long epoch) implements ReplicationEffect {}

    /** All shards of this machine were merged from enough other replicas; the standing may become voting. */
    record Merged() implements ReplicationEffect {}

    /** Something worth counting happened. */
    record Trace(Event event, int shard) implements ReplicationEffect {}

    /** What is counted. */
    enum Event {
        FORWARDED,
        FORWARDED_AGAIN,
        TOOK_OVER,
        TAKE_OVER_READ,
        HEDGED,
        REPAIRED,
        REPAIR_REFUSED,
        EPOCH_REFUSED,
        EPOCH_AWAITED,
        APPLIED_UNDER_OLDER_EPOCH,
        EXPIRED,
        REFUSED_OVERLOAD,
        ACTOR_RENEWED,
        /** This machine was not stepped for so long that others may have acted in its place. */
        STOOD_STILL,
        PAGE_MERGED
    }
}
