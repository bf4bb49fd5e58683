package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.version.KvObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Everything that can happen to a replication machine. */
public sealed interface ReplicationInput {

    /**
     * Time went on; due every 5 to 10 ms.
     *
     * @param wallMs the wall clock, which may jump, in milliseconds since 1970
     */
    record Tick(long wallMs) implements ReplicationInput {}

    /** A door of this node asks; answered by exactly one {@link ReplicationEffect.Reply} with the same id. */
    record Submit(long requestId, ClientRequest request) implements ReplicationInput {}

    /** A message of another node's machine. */
    record Received(NodeId from, ReplicationMessage message) implements ReplicationInput {}

    /** The store of this id is as durable as asked. */
    record Stored(long storeId) implements ReplicationInput {}

    /** The store of this id was refused or failed; it may or may not be there after a restart. */
    record StoreFailed(long storeId) implements ReplicationInput {}

    /** What the store has under the key that was asked for; {@link KvObject#ABSENT} if nothing. */
    record Loaded(long loadId, KvObject object) implements ReplicationInput {}

    /** The store could not tell what it has. */
    record LoadFailed(long loadId) implements ReplicationInput {}

    /** A page of a scan, in store order. */
    record Scanned(long scanId, List<ReplicationMessage.StoredObject> objects, ReplicationMessage.End end)
            implements ReplicationInput {}

    /** A scan could not be carried out. */
    record ScanFailed(long scanId) implements ReplicationInput {}

    /**
     * The first ring, one of a higher epoch, or other buckets or shortfalls under the present epoch. One of an older
     * epoch is ignored. Answered by {@link ReplicationEffect.Settled}.
     *
     * @param buckets their contracts, at the index by which {@link dev.kvorum.core.ring.Key#bucket()} names them; never
     *     fewer than before
     * @param shortfalls by shard; rows that are not named are whole
     */
    record RingChanged(Ring ring, List<BucketSettings> buckets, SortedMap<Integer, Shortfall> shortfalls)
            implements ReplicationInput {
        public RingChanged {
            buckets = List.copyOf(buckets);
            shortfalls = Collections.unmodifiableSortedMap(new TreeMap<>(shortfalls));
        }

        /** With every row whole. */
        public RingChanged(Ring ring, List<BucketSettings> buckets) {
            this(ring, buckets, new TreeMap<>());
        }
    }

    /** The membership holds exactly these other nodes for alive. */
    record MembersChanged(SortedSet<NodeId> alive) implements ReplicationInput {}

    /** Messages to and from this node can pass from now on. */
    record LinkOpened(NodeId node) implements ReplicationInput {}

    /** Messages to this node are lost from now on, and some sent before may be. */
    record LinkClosed(NodeId node) implements ReplicationInput {}

    /** What the node's data allow it to do changed. */
    record StandingChanged(Standing standing) implements ReplicationInput {}

    /**
     * The node was away or taken for dead: it refuted a suspicion, or its loop stood still longer than a probe
     * interval.
     */
    record WasAway() implements ReplicationInput {}

    /** The disk ran full. */
    record DiskFull() implements ReplicationInput {}

    /** The disk has room again. */
    record DiskFreed() implements ReplicationInput {}
}
