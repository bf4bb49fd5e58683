package dev.kvorum.core.replication;

import dev.kvorum.core.replication.Gather.Answer;
import dev.kvorum.core.replication.LocalObjects.Look;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks as few replicas as a question needs, another one when an answer is late, refused or hopeless, and reports when
 * enough have answered or enough cannot.
 */
final class Gathers {

    /** Where a finished question goes. */
    interface Listener {
        void onGathered(Gather gather);

        void onGatherFailed(Gather gather);
    }

    private final Surroundings here;
    private final LocalObjects objects;
    private final Listener listener;
    private final LongMap<Gather> gathers = new LongMap<>();
    private final TreeMap<NodeId, Integer> outstanding = new TreeMap<>();

    Gathers(Surroundings here, LocalObjects objects, Listener listener) {
        this.here = here;
        this.objects = objects;
        this.listener = listener;
    }

    void start(ClientOperation owner, Detail detail, int need, boolean withSelf) {
        Gather gather = new Gather(here.nextId(), owner, detail, need, withSelf);
        gathers.put(gather.id, gather);
        here.timers.at(here.nowMs() + here.config.hedgeAfterMs(), gather.id, Timers.Cause.HEDGE);
        askEnough(gather);
    }

    /** Asks more replicas than were needed so far, and reports again when they have answered. */
    void widen(ClientOperation owner, Gather former) {
        start(owner, Detail.OBJECT, former.need + 1, former.withSelf);
    }

    void cancel(ClientOperation owner) {
        for (Gather gather : gathers.inOrder()) {
            if (gather.owner == owner) {
                drop(gather);
            }
        }
    }

    void onHedge(long gatherId) {
        Gather gather = gathers.get(gatherId);
        if (gather == null) {
            return;
        }
        NodeId next = nextCandidate(gather);
        if (next != null) {
            here.trace(Event.HEDGED, gather.shard);
            ask(gather, next);
        }
        here.timers.at(here.nowMs() + here.config.hedgeAfterMs(), gather.id, Timers.Cause.HEDGE);
    }

    void onAnswer(NodeId from, ReadAnswer answer) {
        Gather gather = gathers.get(answer.id());
        if (gather == null || !gather.asked.remove(from)) {
            return;
        }
        lessOutstanding(from);
        ShardEntry entry = here.entry(gather.shard);
        if (answer.epoch() > entry.epoch()) {
            // Answered under a ring that this node has not seen: the replica may not be one there any more.
            gather.asked.add(from);
            moreOutstanding(from);
            here.emit(new ReplicationEffect.RingBehind(from, gather.shard, answer.epoch()));
            return;
        }
        take(gather, new Answer(from, answer.digest(), answer.object()));
    }

    void onSelf(long gatherId, KvObject object) {
        if (!here.serves()) {
            onFailed(gatherId, here.self);
            return;
        }
        Gather gather = gathers.get(gatherId);
        if (gather != null && gather.asked.remove(here.self)) {
            lessOutstanding(here.self);
            take(gather, new Answer(here.self, object.digest(), object));
        }
    }

    void onFailed(long gatherId, NodeId node) {
        Gather gather = gathers.get(gatherId);
        if (gather != null && gather.asked.remove(node)) {
            fail(gather, node);
            askEnough(gather);
        }
    }

    void onViewChanged() {
        for (Gather gather : gathers.inOrder()) {
            boolean lost = false;
            for (NodeId node : List.copyOf(gather.asked)) {
                if (!node.equals(here.self) && !here.view().isOpenVoting(node)) {
                    gather.asked.remove(node);
                    fail(gather, node);
                    lost = true;
                }
            }
            if (lost) {
                askEnough(gather);
            }
        }
    }

    /** Asks again under the shard's new entry; answers to the former question are no longer known. */
    void onEntryChanged(int shard) {
        for (Gather gather : gathers.inOrder()) {
            if (gather.shard == shard && gathers.get(gather.id) == gather) {
                drop(gather);
                start(gather.owner, gather.detail, gather.need, gather.withSelf);
            }
        }
    }

    private void take(Gather gather, Answer answer) {
        gather.answers.add(answer);
        if (gather.isComplete()) {
            drop(gather);
            listener.onGathered(gather);
        }
    }

    private void fail(Gather gather, NodeId node) {
        lessOutstanding(node);
        gather.failed.add(node);
    }

    private void drop(Gather gather) {
        gathers.remove(gather.id);
        gather.asked.forEach(this::lessOutstanding);
    }

    private void askEnough(Gather gather) {
        while (gather.answers.size() + gather.asked.size() < gather.need) {
            NodeId next = nextCandidate(gather);
            if (next == null) {
                drop(gather);
                listener.onGatherFailed(gather);
                return;
            }
            ask(gather, next);
        }
    }

    private void ask(Gather gather, NodeId node) {
        gather.asked.add(node);
        moreOutstanding(node);
        if (node.equals(here.self)) {
            objects.look(new Look.ForGather(gather.id, gather.key));
            return;
        }
        here.send(
                node,
                new ReadReplica(
                        gather.id,
                        here.entry(gather.shard).epoch(),
                        gather.key,
                        wanted(gather),
                        here.remainingMs(gather.owner.deadlineMs)));
    }

    /** One object is needed in any case; it comes from the first replica asked, which is this node where it can be. */
    private static Detail wanted(Gather gather) {
        return gather.asked.size() + gather.answers.size() == 1 ? Detail.OBJECT : gather.detail;
    }

    /** This node first, then who is steady, then its own zone, then who has the least to do for this node. */
    private @Nullable NodeId nextCandidate(Gather gather) {
        NodeId best = null;
        for (NodeId replica : voters(gather.shard)) {
            if (!gather.knows(replica) && mayAsk(gather, replica) && (best == null || isBetter(replica, best))) {
                best = replica;
            }
        }
        return best;
    }

    private List<NodeId> voters(int shard) {
        return here.config.has(ReplicationFlaw.INCOMPLETE_VOTES)
                ? here.entry(shard).replicas()
                : here.table().complete(shard);
    }

    private boolean mayAsk(Gather gather, NodeId replica) {
        return replica.equals(here.self)
                ? gather.withSelf && here.votes()
                : here.view().isOpenVoting(replica);
    }

    private boolean isBetter(NodeId one, NodeId other) {
        if (one.equals(here.self) || other.equals(here.self)) {
            return one.equals(here.self);
        }
        if (here.view().isVoting(one) != here.view().isVoting(other)) {
            return here.view().isVoting(one);
        }
        if (here.view().isSteady(one) != here.view().isSteady(other)) {
            return here.view().isSteady(one);
        }
        String own = here.zone(here.self);
        boolean oneNear = here.zone(one).equals(own);
        if (oneNear != here.zone(other).equals(own)) {
            return oneNear;
        }
        return outstanding(one) < outstanding(other);
    }

    /** The best replica to coordinate a read for a node that holds none; null when no replica votes here. */
    @Nullable
    NodeId bestReplica(int shard, List<NodeId> except) {
        NodeId best = null;
        for (NodeId replica : voters(shard)) {
            if (here.view().isVoting(replica)
                    && !except.contains(replica)
                    && (best == null || isBetter(replica, best))) {
                best = replica;
            }
        }
        return best;
    }

    List<NodeId> candidates(int shard) {
        List<NodeId> candidates = new ArrayList<>(3);
        for (NodeId replica : voters(shard)) {
            if (replica.equals(here.self) ? here.votes() : here.view().isVoting(replica)) {
                candidates.add(replica);
            }
        }
        return candidates;
    }

    private int outstanding(NodeId node) {
        return outstanding.getOrDefault(node, 0);
    }

    private void moreOutstanding(NodeId node) {
        outstanding.merge(node, 1, Integer::sum);
    }

    private void lessOutstanding(NodeId node) {
        outstanding.merge(node, -1, Integer::sum);
    }
}
