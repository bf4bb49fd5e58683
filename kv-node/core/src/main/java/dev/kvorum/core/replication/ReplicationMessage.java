package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the replication machines of two nodes say to each other. Every message that touches a replica carries the epoch
 * of the shard's entry under which its sender acts, and how long the sender still waits.
 */
public sealed interface ReplicationMessage {

    /** The number by which the asker finds its operation again; unique among all processes of the asker. */
    long id();

    /**
     * The message as it stands after it was on its way for so long: its sender waits that much less. Zero means that
     * nobody waits any more.
     */
    default ReplicationMessage aged(long ageMs) {
        return switch (this) {
            case Forward(long id, long session, long number, ClientRequest request) ->
                new Forward(id, session, number, request.withTimeoutMs(left(request.timeoutMs(), ageMs)));
            case WriteReplica(long id, long epoch, Key key, KvObject object, Durability durability, int remainingMs) ->
                new WriteReplica(id, epoch, key, object, durability, left(remainingMs, ageMs));
            case ReadReplica(long id, long epoch, Key key, Detail detail, int remainingMs) ->
                new ReadReplica(id, epoch, key, detail, left(remainingMs, ageMs));
            case Forwarded ignored -> this;
            case WriteAck ignored -> this;
            case ReadAnswer ignored -> this;
            case Refused ignored -> this;
            case Probe ignored -> this;
            case ProbeAnswer ignored -> this;
            case PageRequest ignored -> this;
            case PageAnswer ignored -> this;
        };
    }

    private static int left(int remainingMs, long ageMs) {
        return (int) Math.max(0, remainingMs - ageMs);
    }

    /**
     * Please coordinate this request for me.
     *
     * @param session the sender's actor at its process start, so that numbers of a former process are told apart
     * @param number counts what this session forwarded to this node, so that a copy is recognised
     */
    record Forward(long id, long session, long number, ClientRequest request) implements ReplicationMessage {}

    /** The answer to {@link Forward}. */
    record Forwarded(long id, ClientReply reply) implements ReplicationMessage {}

    /** Merge this object into yours and acknowledge once that is durable. */
    record WriteReplica(long id, long epoch, Key key, KvObject object, Durability durability, int remainingMs)
            implements ReplicationMessage {}

    /**
     * The object is durable here.
     *
     * @param epoch the shard's epoch at this replica after it applied; above the one asked with, the ring changed
     *     meanwhile and the coordinator counts again under the newer sets
     */
    record WriteAck(long id, long epoch) implements ReplicationMessage {}

    /** Show me what you have of this key. */
    record ReadReplica(long id, long epoch, Key key, Detail detail, int remainingMs) implements ReplicationMessage {}

    /** How much of an object a reader wants to see. */
    enum Detail {
        /** The digest is enough, unless the object is small. */
        DIGEST,
        /** The object itself. */
        OBJECT
    }

    /**
     * What this replica has.
     *
     * @param object null when only the digest was asked for and the object is not small
     */
    record ReadAnswer(
            long id, long epoch, long digest, @Nullable KvObject object) implements ReplicationMessage {}

    /**
     * This replica did nothing of what was asked.
     *
     * @param newer the replica's entry of the shard when the asker's epoch is behind it
     */
    record Refused(long id, Reason reason, @Nullable ShardEntry newer) implements ReplicationMessage {

        /** Why a replica refuses. */
        public enum Reason {
            /** The asker's epoch of this shard is older than the replica's. */
            EPOCH_BEHIND,
            /** The node asked is no replica of this shard. */
            NOT_A_REPLICA,
            /** Its standing does not allow it. */
            NOT_COMPLETE,
            /** Its disk is full. */
            STORAGE_FULL,
            /** The store failed, or the read did. */
            STORE_FAILED,
            /** The asker has stopped waiting. */
            EXPIRED,
            /** This very request was forwarded before. */
            REPEATED,
            /** The merged object would exceed its size limit. */
            TOO_LARGE,
            /** Too much is in flight. */
            OVERLOADED
        }
    }

    /** Are you there? Tells what the sender's data, and its pace, allow it to do. */
    record Probe(long id, Standing standing, Pace pace) implements ReplicationMessage {}

    /** The answer to {@link Probe}. */
    record ProbeAnswer(long id, Standing standing, Pace pace) implements ReplicationMessage {}

    /** Send me the next keys of this shard after the cursor (null: from its start), for a merge of the whole shard. */
    record PageRequest(
            long id, long epoch, int shard, @Nullable Key after) implements ReplicationMessage {}

    /** Keys in store order; {@code last} when the shard has none beyond. */
    record PageAnswer(long id, int shard, List<StoredObject> objects, End end) implements ReplicationMessage {}

    /** Whether a page is the last one. */
    enum End {
        MORE,
        LAST
    }

    /** A key and what is stored under it. */
    record StoredObject(Key key, KvObject object) {}
}
