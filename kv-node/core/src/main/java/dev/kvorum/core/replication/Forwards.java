package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.replication.ReplicationMessage.Refused.Reason;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests that another node coordinates for this one. A definite refusal is forwarded again, up to three times; a read
 * whose coordinator is gone, too. A write whose coordinator is gone is {@code unknown}: it is never sent twice blindly.
 */
final class Forwards {

    private static final int MOST_REFUSALS = 3;

    /** How much longer than the coordinator the forwarder waits, so that the coordinator's own verdict arrives. */
    private static final int GRACE_MS = 50;

    private final Surroundings here;
    private final Gathers gathers;
    private final LongMap<ClientOperation> operations;
    private final TreeMap<NodeId, Long> numbers = new TreeMap<>();
    private final TreeMap<NodeId, ReplayWindow> taken = new TreeMap<>();

    Forwards(Surroundings here, Gathers gathers, LongMap<ClientOperation> operations) {
        this.here = here;
        this.gathers = gathers;
        this.operations = operations;
    }

    /**
     * Whether this forwarded request never came from that node before. Asked before all else: refusing a second copy
     * for any other reason would be taken for a refusal of the first, and taking one for a retry of a refused one.
     */
    boolean isFirst(NodeId from, Forward forward) {
        return here.config.has(ReplicationFlaw.REPEAT_FORWARDED)
                || taken.computeIfAbsent(from, node -> new ReplayWindow()).take(forward.session(), forward.number());
    }

    void start(Origin origin, ClientRequest request, int shard, long deadlineMs, NodeId target) {
        var forward = new ForwardOperation(here.nextId(), origin, request, shard, deadlineMs, target);
        operations.put(forward.id, forward);
        here.timers.at(deadlineMs + GRACE_MS, forward.id, Timers.Cause.DEADLINE);
        here.trace(Event.FORWARDED, shard);
        send(forward);
    }

    void onForwarded(NodeId from, Forwarded message) {
        if (operations.get(message.id()) instanceof ForwardOperation forward && from.equals(forward.target)) {
            end(forward, message.reply());
        }
    }

    void onRefused(ForwardOperation forward, NodeId from, Reason reason) {
        if (!from.equals(forward.target) || reason == Reason.REPEATED) {
            return;
        }
        forward.refusers.add(from);
        again(forward, "node " + from.shortName() + " refused (" + reason + ")");
    }

    void onViewChanged(ForwardOperation forward) {
        if (forward.held || here.view().isLive(forward.target)) {
            return;
        }
        if (forward.isRead()) {
            forward.refusers.add(forward.target);
            again(forward, "node " + forward.target.shortName() + " is gone");
        } else {
            forward.held = true;
            here.timers.at(here.nowMs() + here.config.holdMs(), forward.id, Timers.Cause.HOLD);
        }
    }

    void onHeldLongEnough(ForwardOperation forward) {
        end(
                forward,
                Failed.unknown(
                        ErrorCode.QUORUM_UNAVAILABLE,
                        "node " + forward.target.shortName() + ", home of shard " + forward.shard + ", is gone"));
    }

    void onDeadline(ForwardOperation forward) {
        String detail = "node " + forward.target.shortName() + " did not answer in time for shard " + forward.shard;
        end(
                forward,
                forward.isRead()
                        ? Failed.notApplied(ErrorCode.TIMEOUT, detail)
                        : Failed.unknown(ErrorCode.TIMEOUT, detail));
    }

    private void again(ForwardOperation forward, String why) {
        NodeId next = forward.refusers.size() <= MOST_REFUSALS && here.remainingMs(forward.deadlineMs) > 0
                ? nextTarget(forward)
                : null;
        if (next == null) {
            end(
                    forward,
                    Failed.notApplied(
                            ErrorCode.QUORUM_UNAVAILABLE, "nobody coordinates shard " + forward.shard + ": " + why));
            return;
        }
        forward.target = next;
        here.trace(Event.FORWARDED_AGAIN, forward.shard);
        send(forward);
    }

    private @Nullable NodeId nextTarget(ForwardOperation forward) {
        return forward.isRead()
                ? gathers.bestReplica(forward.shard, forward.refusers)
                : nextLive(here.table().complete(forward.shard), forward.refusers);
    }

    private @Nullable NodeId nextLive(List<NodeId> replicas, List<NodeId> except) {
        for (NodeId replica : replicas) {
            if (here.view().isLive(replica) && !except.contains(replica)) {
                return replica;
            }
        }
        return null;
    }

    private void send(ForwardOperation forward) {
        ClientRequest request = forward.request;
        var left = new ClientRequest(
                request.key(),
                request.operation(),
                request.levels(),
                request.context(),
                request.contextHlc(),
                here.remainingMs(forward.deadlineMs));
        long number = numbers.merge(forward.target, 1L, Long::sum);
        here.send(forward.target, new Forward(forward.id, here.session(), number, left));
    }

    private void end(ForwardOperation forward, ClientReply reply) {
        operations.remove(forward.id);
        forward.answer(here, reply);
    }
}
