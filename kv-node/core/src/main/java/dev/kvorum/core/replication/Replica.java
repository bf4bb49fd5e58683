package dev.kvorum.core.replication;

import dev.kvorum.core.replication.LocalObjects.AfterStore;
import dev.kvorum.core.replication.LocalObjects.Look;
import dev.kvorum.core.replication.LocalObjects.Merge;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationInput.Scanned;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.Refused.Reason;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Limits;
import java.util.ArrayDeque;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers the coordinators of other nodes: merges, shows, pages, and refuses what comes under another epoch. */
final class Replica {

    /** Objects up to this size are sent where a digest was asked for: a second round would cost more. */
    private static final int SMALL_OBJECT_BYTES = 512;

    private static final int MOST_PARKED = 4_096;

    /** A message sent under an epoch that this node has not reached yet. */
    record Parked(NodeId from, ReplicationMessage message, long deadlineMs) {}

    /** Takes parked messages again once the ring caught up. */
    interface Again {
        void receive(NodeId from, ReplicationMessage message);
    }

    private record PageFor(NodeId node, long id, int shard) {}

    private final Surroundings here;
    private final LocalObjects objects;
    private final LongMap<PageFor> scans = new LongMap<>();
    private final TreeMap<Integer, ArrayDeque<Parked>> parked = new TreeMap<>();
    private int parkedCount;

    Replica(Surroundings here, LocalObjects objects) {
        this.here = here;
        this.objects = objects;
    }

    void onWrite(NodeId from, WriteReplica write) {
        int shard = here.shardOf(write.key());
        if (!here.serves()) {
            refuse(from, write.id(), Reason.NOT_COMPLETE);
        } else if (here.isDiskFull()) {
            refuse(from, write.id(), Reason.STORAGE_FULL);
        } else if (admits(from, write, shard, write.epoch(), write.remainingMs())) {
            objects.modify(new Merge(
                    write.key(),
                    write.object(),
                    write.durability(),
                    here.nowMs() + write.remainingMs(),
                    new AfterStore.AckTo(from, write.id(), shard, write.epoch())));
        }
    }

    void onTurn(Merge merge, KvObject object) {
        if (merge.after() instanceof AfterStore.AckTo(NodeId from, long id, int shard, long epoch)
                && !mayApply(from, id, shard, epoch, merge.deadlineMs())) {
            objects.finish(merge.key());
            return;
        }
        KvObject merged = here.config.has(ReplicationFlaw.REPLACE_INSTEAD_OF_MERGE)
                ? merge.incoming()
                : object.merge(merge.incoming());
        if (merged.equals(object)) {
            objects.whenDurable(merge.key(), object, merge.durability(), merge.after());
        } else if (isTooLarge(merged, object) && merge.after() instanceof AfterStore.AckTo ack) {
            refuse(ack.node(), ack.id(), Reason.TOO_LARGE);
        } else {
            objects.store(merge.key(), merged, merge.durability(), merge.after());
            if (here.config.has(ReplicationFlaw.ACK_BEFORE_STORED)
                    && merge.after() instanceof AfterStore.AckTo(NodeId from, long id, int shard, long ignored)) {
                here.send(from, new WriteAck(id, here.entry(shard).epoch()));
            }
        }
        objects.finish(merge.key());
    }

    /** The turn may have come late: the node may be fenced, the shard in other hands, the coordinator gone. */
    private boolean mayApply(NodeId from, long id, int shard, long epoch, long deadlineMs) {
        if (here.nowMs() > deadlineMs) {
            here.trace(Event.EXPIRED, shard);
            refuse(from, id, Reason.EXPIRED);
            return false;
        }
        if (!here.serves()) {
            refuse(from, id, Reason.NOT_COMPLETE);
            return false;
        }
        ShardEntry entry = here.entry(shard);
        if (epoch < entry.epoch() && !here.config.has(ReplicationFlaw.NO_FENCE_BEFORE_APPLY)) {
            refuseBehind(from, id, entry);
            return false;
        }
        return true;
    }

    /** Repairs of this node's own are taken at any size: what others hold already must be possible to hold. */
    private static boolean isTooLarge(KvObject merged, KvObject former) {
        return merged.sizeBytes() > Limits.OBJECT_MOST_BYTES && merged.sizeBytes() > former.sizeBytes();
    }

    void onDurable(AfterStore.AckTo ack) {
        long now = here.entry(ack.shard()).epoch();
        here.send(
                ack.node(),
                new WriteAck(ack.id(), here.config.has(ReplicationFlaw.NO_FENCE_AFTER_APPLY) ? ack.epoch() : now));
    }

    void onNotDurable(AfterStore.AckTo ack) {
        refuse(ack.node(), ack.id(), Reason.STORE_FAILED);
    }

    /** Whether pages that were asked for so long ago are still read. */
    boolean hasScans(Settling.Round round, long lastId) {
        return scans.anyUpTo(lastId, page -> round.concerns(page.shard()));
    }

    void onTurnFailed(Merge merge) {
        objects.finish(merge.key());
    }

    void onRead(NodeId from, ReadReplica read) {
        int shard = here.shardOf(read.key());
        if (!here.votes()) {
            refuse(from, read.id(), Reason.NOT_COMPLETE);
        } else if (admits(from, read, shard, read.epoch(), read.remainingMs()) && shows(from, read.id(), shard)) {
            objects.look(
                    new Look.ForPeer(from, read.id(), read.key(), read.detail(), here.nowMs() + read.remainingMs()));
        }
    }

    void onSeen(Look.ForPeer look, KvObject object) {
        int shard = here.shardOf(look.key());
        if (here.nowMs() > look.deadlineMs()) {
            here.trace(Event.EXPIRED, shard);
            return;
        }
        if (!shows(look.from(), look.id(), shard)) {
            return;
        }
        boolean whole = look.detail() == Detail.OBJECT || object.sizeBytes() <= SMALL_OBJECT_BYTES;
        here.send(
                look.from(),
                new ReadAnswer(look.id(), here.entry(shard).epoch(), object.digest(), whole ? object : null));
    }

    void onLookFailed(Look.ForPeer look) {
        refuse(look.from(), look.id(), Reason.STORE_FAILED);
    }

    // ---- pages of a whole shard

    void onPageRequest(NodeId from, PageRequest request) {
        if (!here.serves()) {
            refuse(from, request.id(), Reason.NOT_COMPLETE);
        } else if (request.shard() < 0 || request.shard() >= here.ring().shards()) {
            refuse(from, request.id(), Reason.NOT_A_REPLICA);
        } else if (admits(from, request, request.shard(), request.epoch(), Integer.MAX_VALUE)
                && shows(from, request.id(), request.shard())) {
            long scanId = here.nextId();
            scans.put(scanId, new PageFor(from, request.id(), request.shard()));
            here.emit(new ReplicationEffect.Scan(scanId, request.shard(), request.after()));
        }
    }

    void onScanned(Scanned page) {
        PageFor asker = scans.remove(page.scanId());
        if (asker != null && shows(asker.node(), asker.id(), asker.shard())) {
            here.send(asker.node(), new PageAnswer(asker.id(), asker.shard(), page.objects(), page.end()));
        }
    }

    void onScanFailed(long scanId) {
        PageFor asker = scans.remove(scanId);
        if (asker != null) {
            refuse(asker.node(), asker.id(), Reason.STORE_FAILED);
        }
    }

    // ---- fences

    /** Whether what this node has counts for others: since it was asked it may have been fenced, or its row changed. */
    private boolean shows(NodeId asker, long id, int shard) {
        boolean complete = here.isComplete(shard) || here.config.has(ReplicationFlaw.INCOMPLETE_VOTES);
        if (!here.serves() || !complete) {
            refuse(asker, id, Reason.NOT_COMPLETE);
            return false;
        }
        return true;
    }

    /** Whether the message may touch this replica now; refuses it, or parks it until the ring has caught up. */
    private boolean admits(NodeId from, ReplicationMessage message, int shard, long epoch, int remainingMs) {
        ShardEntry entry = here.entry(shard);
        if (remainingMs <= 0) {
            refuse(from, message.id(), Reason.EXPIRED);
        } else if (epoch > entry.epoch()) {
            park(new Parked(from, message, here.nowMs() + remainingMs), shard, epoch);
        } else if (epoch < entry.epoch() && !here.config.has(ReplicationFlaw.NO_FENCE_BEFORE_APPLY)) {
            refuseBehind(from, message.id(), entry);
        } else if (!entry.isReplica(here.self)) {
            refuse(from, message.id(), Reason.NOT_A_REPLICA);
        } else {
            return true;
        }
        return false;
    }

    private void park(Parked message, int shard, long epoch) {
        if (parkedCount >= MOST_PARKED) {
            refuse(message.from(), message.message().id(), Reason.OVERLOADED);
            return;
        }
        parkedCount++;
        parked.computeIfAbsent(shard, number -> new ArrayDeque<>()).add(message);
        here.trace(Event.EPOCH_AWAITED, shard);
        here.emit(new ReplicationEffect.RingBehind(message.from(), shard, epoch));
    }

    void onRingChanged(Again again) {
        TreeMap<Integer, ArrayDeque<Parked>> waiting = new TreeMap<>(parked);
        parked.clear();
        parkedCount = 0;
        for (ArrayDeque<Parked> messages : waiting.values()) {
            for (Parked message : messages) {
                if (message.deadlineMs() > here.nowMs()) {
                    again.receive(message.from(), message.message());
                }
            }
        }
    }

    /** Forgets parked messages that nobody waits for any more. */
    void onTick() {
        if (parkedCount > 0) {
            parkedCount = 0;
            for (ArrayDeque<Parked> messages : parked.values()) {
                messages.removeIf(message -> message.deadlineMs() <= here.nowMs());
                parkedCount += messages.size();
            }
        }
    }

    private void refuseBehind(NodeId from, long id, ShardEntry newer) {
        here.trace(Event.EPOCH_REFUSED, newer.shard());
        here.send(from, new Refused(id, Reason.EPOCH_BEHIND, newer));
    }

    void refuse(NodeId from, long id, Reason reason) {
        @Nullable ShardEntry none = null;
        here.send(from, new Refused(id, reason, none));
    }
}
