package dev.kvorum.core.replication;

import dev.kvorum.core.replication.LocalObjects.AfterStore;
import dev.kvorum.core.replication.LocalObjects.Merge;
import dev.kvorum.core.replication.ReadOperation.Phase;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.request.Achieved.Repair;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Coordinates reads: one object and R−1 digests; where they differ, the replicas are asked once more, merged, and R of
 * them brought to the merged state before the answer. One repair per key at a time.
 */
final class Reads {

    private final Surroundings here;
    private final LocalObjects objects;
    private final Gathers gathers;
    private final LongMap<ClientOperation> operations;
    private final Map<Key, ArrayDeque<ReadOperation>> repairs = new HashMap<>();

    Reads(Surroundings here, LocalObjects objects, Gathers gathers, LongMap<ClientOperation> operations) {
        this.here = here;
        this.objects = objects;
        this.gathers = gathers;
        this.operations = operations;
    }

    void start(ReadOperation read) {
        gathers.start(read, Detail.DIGEST, read.request.levels().read(), true);
    }

    void onGathered(ReadOperation read, Gather gather) {
        KvObject any = gather.anyObject();
        if (gather.detail == Detail.DIGEST) {
            if (gather.agrees() && any != null) {
                answerIfCovered(read, gather, any);
            } else {
                // A write on its way explains most differences: one more look, now with all objects.
                gathers.start(read, Detail.OBJECT, gather.need, true);
            }
            return;
        }
        if (gather.agrees() || here.config.has(ReplicationFlaw.ANSWER_WITHOUT_MERGE)) {
            answerIfCovered(read, gather, Objects.requireNonNull(any));
        } else {
            repair(read, gather);
        }
    }

    void onGatherFailed(ReadOperation read, Gather gather) {
        boolean behind = gather.need > read.request.levels().read();
        end(
                read,
                behind
                        ? Failed.notApplied(
                                ErrorCode.SESSION_BEHIND,
                                "no reachable replica of shard " + read.shard + " covers the context sent")
                        : Failed.notApplied(
                                ErrorCode.QUORUM_UNAVAILABLE,
                                "fewer than " + gather.need + " replicas of shard " + read.shard + " can be read"));
    }

    private void answerIfCovered(ReadOperation read, Gather gather, KvObject object) {
        List<NodeId> nodes = new ArrayList<>(3);
        gather.answers.forEach(answer -> nodes.add(answer.node()));
        if (covers(read, object)) {
            answer(read, object, nodes, Repair.NONE_NEEDED);
        } else {
            gathers.widen(read, gather);
        }
    }

    private static boolean covers(ReadOperation read, KvObject object) {
        Version context = read.request.context();
        return context == null || object.version().covers(context);
    }

    // ---- read repair

    private void repair(ReadOperation read, Gather gather) {
        read.merged = gather.merged();
        if (!covers(read, read.merged)) {
            gathers.widen(read, gather);
            return;
        }
        List<NodeId> lagging = new ArrayList<>(2);
        long digest = read.merged.digest();
        for (Gather.Answer answer : gather.answers) {
            (answer.digest() == digest ? read.holders : lagging).add(answer.node());
        }
        if (here.config.has(ReplicationFlaw.ANSWER_BEFORE_REPAIR)) {
            answer(read, read.merged, List.copyOf(read.holders), Repair.NONE_NEEDED);
            return;
        }
        read.repairing.addAll(lagging);
        ArrayDeque<ReadOperation> waiting = repairs.get(read.request.key());
        if (waiting == null) {
            repairs.put(read.request.key(), new ArrayDeque<>(0));
            sendRepairs(read);
        } else {
            read.phase = Phase.WAITING_FOR_REPAIR;
            waiting.add(read);
        }
    }

    private void sendRepairs(ReadOperation read) {
        read.phase = Phase.REPAIRING;
        here.trace(Event.REPAIRED, read.shard);
        here.timers.at(here.nowMs() + here.remainingMs(read.deadlineMs) / 2, read.id, Timers.Cause.RETRY);
        for (NodeId lagging : List.copyOf(read.repairing)) {
            send(read, lagging);
        }
        answerIfRepaired(read);
    }

    private void send(ReadOperation read, NodeId replica) {
        if (replica.equals(here.self)) {
            objects.modify(new Merge(
                    read.request.key(),
                    read.merged,
                    Durability.FSYNC,
                    read.deadlineMs,
                    new AfterStore.CountRepair(read.id)));
        } else {
            here.send(
                    replica,
                    new WriteReplica(
                            read.id,
                            here.entry(read.shard).epoch(),
                            read.request.key(),
                            read.merged,
                            Durability.FSYNC,
                            here.remainingMs(read.deadlineMs)));
        }
    }

    void onRepaired(ReadOperation read, NodeId node) {
        if (read.repairing.remove(node) && !read.holders.contains(node)) {
            read.holders.add(node);
            answerIfRepaired(read);
        }
    }

    /** A replica cannot take the merged state: another one may, else the client is told that repair is pending. */
    void onRepairRefused(ReadOperation read, NodeId node) {
        if (!read.repairing.remove(node)) {
            return;
        }
        here.trace(Event.REPAIR_REFUSED, read.shard);
        for (NodeId replica : gathers.candidates(read.shard)) {
            if (!replica.equals(node) && !read.holders.contains(replica) && !read.repairing.contains(replica)) {
                read.repairing.add(replica);
                send(read, replica);
                return;
            }
        }
        if (read.holders.size() + read.repairing.size() < read.request.levels().read()) {
            answerPending(read);
        }
    }

    /**
     * The shard's row changed. What was gathered under the former one stands, but its holders may have lost it since: a
     * repair under way is not waited for. A gathering goes on by itself, among those that are complete now.
     */
    void onEntryChanged(ReadOperation read) {
        switch (read.phase) {
            case GATHERING -> {
                if (here.hasStopped(read.shard)) {
                    gathers.cancel(read);
                    end(read, Failed.notApplied(ErrorCode.POSSIBLE_LOSS, here.possibleLoss(read.shard)));
                }
            }
            case WAITING_FOR_REPAIR -> answer(read, read.merged, List.copyOf(read.holders), Repair.PENDING);
            case REPAIRING -> answerPending(read);
        }
    }

    void onViewChanged(ReadOperation read) {
        if (read.phase == Phase.REPAIRING) {
            for (NodeId node : List.copyOf(read.repairing)) {
                if (!here.isLive(node)) {
                    onRepairRefused(read, node);
                }
            }
        }
    }

    /** Half the time is gone and a repair is still out: the client gets its answer now. */
    void onRepairLate(ReadOperation read) {
        if (read.phase == Phase.REPAIRING) {
            answerPending(read);
        }
    }

    private void answerIfRepaired(ReadOperation read) {
        if (!read.isAnswered() && read.holders.size() >= read.request.levels().read()) {
            answer(read, read.merged, List.copyOf(read.holders), Repair.NONE_NEEDED);
            repairOthers(read);
            finishRepair(read);
        }
    }

    private void answerPending(ReadOperation read) {
        if (!read.isAnswered()) {
            answer(read, read.merged, List.copyOf(read.holders), Repair.PENDING);
            finishRepair(read);
        }
    }

    /** Replicas that were not asked get the merged state, too; nobody waits for their acknowledgements. */
    private void repairOthers(ReadOperation read) {
        for (NodeId replica : here.entry(read.shard).replicas()) {
            if (here.isLive(replica) && !read.holders.contains(replica) && !read.repairing.contains(replica)) {
                send(read, replica);
            }
        }
    }

    private void finishRepair(ReadOperation done) {
        ArrayDeque<ReadOperation> waiting = Objects.requireNonNull(repairs.get(done.request.key()));
        ReadOperation next = waiting.poll();
        while (next != null && (next.isAnswered() || isServedBy(next, done))) {
            if (!next.isAnswered()) {
                answer(next, done.merged, List.copyOf(done.holders), Repair.NONE_NEEDED);
            }
            next = waiting.poll();
        }
        if (next == null) {
            repairs.remove(done.request.key());
        } else {
            sendRepairs(next);
        }
    }

    /** Whether the state that the last repair made R replicas hold is all that the next reader found, and more. */
    private static boolean isServedBy(ReadOperation next, ReadOperation done) {
        return done.holders.size() >= next.request.levels().read()
                && done.merged.version().covers(next.merged.version());
    }

    void onDeadline(ReadOperation read) {
        switch (read.phase) {
            case GATHERING -> {
                gathers.cancel(read);
                end(
                        read,
                        Failed.notApplied(
                                ErrorCode.TIMEOUT,
                                "fewer than " + read.request.levels().read() + " replicas of shard " + read.shard
                                        + " answered in time"));
            }
            case WAITING_FOR_REPAIR -> answer(read, read.merged, List.copyOf(read.holders), Repair.PENDING);
            case REPAIRING -> answerPending(read);
        }
    }

    private void answer(ReadOperation read, KvObject object, List<NodeId> nodes, Repair repair) {
        ShardEntry entry = here.entry(read.shard);
        end(
                read,
                new ClientReply.Value(
                        object,
                        here.nowHlcMs(read.request.contextHlc()),
                        here.achieved(nodes, Durability.FSYNC, entry, repair)));
    }

    private void end(ReadOperation read, ClientReply reply) {
        operations.remove(read.id);
        read.answer(here, reply);
    }
}
