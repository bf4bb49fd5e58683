package dev.kvorum.core.replication;

import dev.kvorum.core.replication.LocalObjects.AfterStore;
import dev.kvorum.core.replication.LocalObjects.Look;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.replication.WriteOperation.Phase;
import dev.kvorum.core.request.Achieved.Repair;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Coordinates writes: takes the key's turn, reads first where this home has taken over, applies, sends to all replicas,
 * and answers at W.
 */
final class Writes {

    private final Surroundings here;
    private final LocalObjects objects;
    private final Gathers gathers;
    private final LongMap<ClientOperation> operations;
    private final SettledKeys settled;
    private final Mutations mutations;

    Writes(Surroundings here, LocalObjects objects, Gathers gathers, LongMap<ClientOperation> operations) {
        this.here = here;
        this.objects = objects;
        this.gathers = gathers;
        this.operations = operations;
        this.settled = new SettledKeys(here.config.settledKeys(), here.session());
        this.mutations = new Mutations(here);
    }

    void start(WriteOperation write) {
        if (here.isDiskFull()) {
            end(write, Failed.notApplied(ErrorCode.STORAGE_FULL, "the disk of node " + here.self + " is full"));
        } else if (!canReach(write)) {
            end(write, Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, tooFew(write)));
        } else {
            objects.modify(write);
        }
    }

    void onTurn(WriteOperation write, KvObject object) {
        if (write.isAnswered()) {
            objects.finish(write.key());
            return;
        }
        if (!here.serves()) {
            end(
                    write,
                    Failed.notApplied(ErrorCode.FENCED, "node " + here.self + " was fenced before the write's turn"));
            objects.finish(write.key());
            return;
        }
        write.local = object;
        write.base = object;
        commitOnceTakenOver(write);
    }

    private void commitOnceTakenOver(WriteOperation write) {
        write.takeOver = here.takeOver(write.shard);
        int othersToRead = othersToRead(write);
        if (othersToRead == 0) {
            commit(write);
            return;
        }
        write.phase = Phase.TAKING_OVER;
        here.trace(Event.TAKE_OVER_READ, write.shard);
        gathers.start(write, Detail.OBJECT, othersToRead, false);
    }

    void onTurnFailed(WriteOperation write) {
        end(write, Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, "the local read of the home failed"));
        objects.finish(write.key());
    }

    /**
     * How many other replicas must be read before this write may overwrite: none when its context says what it
     * overwrites, or when this home knows the newest state of the key.
     */
    private int othersToRead(WriteOperation write) {
        boolean saysWhatItOverwrites = write.request.context() != null && Mutations.isUnconditional(write.operation);
        boolean knowsNewest = here.isHome(write.shard) && here.votes() && settled.contains(write.key(), write.takeOver);
        if (saysWhatItOverwrites || knowsNewest || here.config.has(ReplicationFlaw.NO_TAKE_OVER_READ)) {
            return 0;
        }
        Table table = here.table();
        int toRead = table.takeOverReads(write.key(), write.shard) - (here.votes() ? 1 : 0);
        if (here.config.has(ReplicationFlaw.TAKE_OVER_COUNTS_INCOMPLETE)) {
            toRead -= table.entry(write.shard).replicas().size()
                    - table.complete(write.shard).size();
        }
        return Math.max(0, Math.min(toRead, table.mostToRead(write.shard)));
    }

    void onGathered(WriteOperation write, Gather gather) {
        write.base = write.base.merge(gather.merged());
        if (write.takeOver != here.takeOver(write.shard)) {
            // Some of the answers may be older than what another home was promised meanwhile.
            commitOnceTakenOver(write);
            return;
        }
        write.hasTakenOver = here.isHome(write.shard) && here.votes();
        commit(write);
    }

    void onGatherFailed(WriteOperation write) {
        end(write, Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, tooFew(write)));
        objects.finish(write.key());
    }

    private void commit(WriteOperation write) {
        switch (mutations.apply(write)) {
            case Mutations.Result.Refused(Failed failed) -> end(write, failed);
            case Mutations.Result.ConditionFailed() -> {
                write.phase = Phase.CONDITION_FAILED;
                objects.look(new Look.ForCondition(write.id, write.key()));
            }
            case Mutations.Result.Written(KvObject object, ClientReply.Written reply) -> {
                write.written = object;
                write.reply = reply;
                if (write.hasTakenOver) {
                    settled.add(write.key(), write.takeOver);
                }
                replicate(write);
            }
        }
        objects.finish(write.key());
    }

    private void replicate(WriteOperation write) {
        write.phase = Phase.ACKING;
        objects.store(
                write.key(), write.written, write.request.levels().durability(), new AfterStore.CountSelf(write.id));
        for (NodeId replica : here.entry(write.shard).replicas()) {
            send(write, replica);
        }
        if (here.config.has(ReplicationFlaw.COUNT_SELF_BEFORE_STORED)) {
            count(write, here.self);
        }
    }

    private void send(WriteOperation write, NodeId replica) {
        if (!replica.equals(here.self) && !write.acked.contains(replica)) {
            here.send(
                    replica,
                    new WriteReplica(
                            write.id,
                            here.entry(write.shard).epoch(),
                            write.key(),
                            write.written,
                            write.request.levels().durability(),
                            here.remainingMs(write.deadlineMs)));
        }
    }

    /** What this node had is durable now, as is what it read from others: the state judged by may be shown. */
    void onConditionSeen(WriteOperation write, KvObject object) {
        if (!object.version().covers(write.local.version())) {
            onConditionUnseen(write);
            return;
        }
        ShardEntry entry = here.entry(write.shard);
        end(
                write,
                new ClientReply.ConditionFailed(
                        write.base,
                        here.nowHlcMs(write.request.contextHlc()),
                        here.achieved(
                                List.of(here.self), write.request.levels().durability(), entry, Repair.NONE_NEEDED)));
    }

    void onConditionUnseen(WriteOperation write) {
        end(write, Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, "the local read of the home failed"));
    }

    void onSelfStored(WriteOperation write) {
        write.isHeldHere = true;
        count(write, here.self);
    }

    void onAck(NodeId from, WriteOperation write, WriteAck ack) {
        long epoch = here.entry(write.shard).epoch();
        if (ack.epoch() > epoch && !here.config.has(ReplicationFlaw.NO_FENCE_AFTER_APPLY)) {
            write.countsFromEpoch = Math.max(write.countsFromEpoch, ack.epoch());
            here.trace(Event.APPLIED_UNDER_OLDER_EPOCH, write.shard);
            here.emit(new ReplicationEffect.RingBehind(from, write.shard, ack.epoch()));
        }
        if (ack.epoch() >= epoch || here.config.has(ReplicationFlaw.FORMER_ACKS_COUNT)) {
            count(write, from);
        }
    }

    private void count(WriteOperation write, NodeId node) {
        if (!write.acked.contains(node) || here.config.has(ReplicationFlaw.COUNT_A_NODE_TWICE)) {
            write.acked.add(node);
        }
        answerIfHeld(write);
    }

    private void answerIfHeld(WriteOperation write) {
        ShardEntry entry = here.entry(write.shard);
        if (write.acked.size() < write.request.levels().write()
                || entry.epoch() < write.countsFromEpoch
                || write.reply == null) {
            return;
        }
        List<NodeId> holders = holders(write, entry);
        var levels = write.request.levels();
        boolean isHeld =
                here.table().isHeld(write.shard, holders) || here.config.has(ReplicationFlaw.HELD_BY_INCOMPLETE);
        if (isHeld && holders.size() >= levels.write() && here.zones(holders) >= levels.zones()) {
            ClientReply.Written reply = write.reply;
            end(
                    write,
                    new ClientReply.Written(
                            reply.context(),
                            reply.contextHlc(),
                            reply.digest(),
                            reply.previous(),
                            reply.nowHlcMs(),
                            here.achieved(holders, levels.durability(), entry, Repair.NONE_NEEDED)));
        }
    }

    private static List<NodeId> holders(WriteOperation write, ShardEntry entry) {
        List<NodeId> holders = new ArrayList<>(3);
        for (NodeId node : write.acked) {
            if (entry.isReplica(node)) {
                holders.add(node);
            }
        }
        return holders;
    }

    /**
     * The shard's row changed. Who held the write may have lost it since with its volume, so only this node's own copy
     * still counts; all others are sent to, and counted, under the new row.
     */
    void onEntryChanged(WriteOperation write) {
        if (here.hasStopped(write.shard)) {
            abandon(write, ErrorCode.POSSIBLE_LOSS, here.possibleLoss(write.shard));
        } else if (!here.mayCoordinate(write.shard)) {
            abandon(write, ErrorCode.QUORUM_UNAVAILABLE, here.incomplete(write.shard));
        } else if (write.phase == Phase.ACKING) {
            if (!here.config.has(ReplicationFlaw.FORMER_ACKS_COUNT)) {
                write.acked.clear();
            }
            if (write.isHeldHere && !write.acked.contains(here.self)) {
                write.acked.add(here.self);
            }
            for (NodeId replica : here.entry(write.shard).replicas()) {
                send(write, replica);
            }
            answerIfHeld(write);
        }
    }

    /** A replica that was away gets the write again: whatever was on the way to it may be gone. */
    void onViewChanged(WriteOperation write, LiveView former) {
        for (NodeId node : here.view().live()) {
            if (!former.isLive(node)
                    && write.phase == Phase.ACKING
                    && here.entry(write.shard).isReplica(node)) {
                send(write, node);
            }
        }
    }

    void onDeadline(WriteOperation write) {
        abandon(
                write,
                ErrorCode.TIMEOUT,
                "fewer than " + write.request.levels().write() + " replicas of shard " + write.shard
                        + " answered in time: " + write.acked.size());
    }

    /** Nothing more is promised of the write; whether it is there depends on how far it got. */
    private void abandon(WriteOperation write, ErrorCode code, String why) {
        switch (write.phase) {
            case WAITING, CONDITION_FAILED -> end(write, Failed.notApplied(code, why));
            case TAKING_OVER -> {
                gathers.cancel(write);
                end(write, Failed.notApplied(code, why));
                objects.finish(write.key());
            }
            case ACKING ->
                end(
                        write,
                        here.config.has(ReplicationFlaw.UNKNOWN_IS_NOT_APPLIED)
                                ? Failed.notApplied(code, why)
                                : Failed.unknown(code, why));
        }
    }

    private boolean canReach(WriteOperation write) {
        List<NodeId> reachable = new ArrayList<>(3);
        for (NodeId replica : here.entry(write.shard).replicas()) {
            if (replica.equals(here.self) ? here.serves() : here.view().isOpen(replica)) {
                reachable.add(replica);
            }
        }
        var levels = write.request.levels();
        return reachable.size() >= levels.write() && here.zones(reachable) >= levels.zones();
    }

    private String tooFew(WriteOperation write) {
        return "too few replicas of shard " + write.shard + " are reachable from node " + here.self.shortName();
    }

    private void end(WriteOperation write, ClientReply reply) {
        operations.remove(write.id);
        write.answer(here, reply);
    }
}
