package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request before it is an operation: refused at once, made to wait a little, or let in.
 *
 * <p>A node that has only just started, or stood still, has met few of its peers yet; what it would refuse for that
 * reason succeeds a moment later. So it waits until enough replicas are live, and is refused only when they still are
 * not after {@link #PATIENCE_MS}.
 */
final class Admission {

    /** For so long after a start or a fall requests wait for replicas; links are open again within less. */
    static final int PATIENCE_MS = 2_000;

    /** Where requests go that were let in. */
    interface Entrance {
        void enter(Origin origin, ClientRequest request);
    }

    private record Early(Origin origin, ClientRequest request, long deadlineMs) {}

    private final Surroundings here;
    private final LongMap<ClientOperation> operations;
    private final List<Early> early = new ArrayList<>();

    Admission(Surroundings here, LongMap<ClientOperation> operations) {
        this.here = here;
        this.operations = operations;
    }

    /** Requests that wait here. */
    int waiting() {
        return early.size();
    }

    /** Whether the request may go on now; otherwise it was answered, or waits. */
    boolean admits(Origin origin, ClientRequest request) {
        Failed refusal = refusal(request);
        if (refusal != null) {
            origin.answer(here, refusal);
            return false;
        }
        if (here.sinceFallMs() < PATIENCE_MS && !meetsEnough(request)) {
            early.add(new Early(origin, request, here.nowMs() + request.timeoutMs()));
            return false;
        }
        return true;
    }

    /** Lets those in again that wait; to be called when more may be live, and at each tick. */
    void retry(Entrance entrance) {
        if (early.isEmpty()) {
            return;
        }
        List<Early> waited = List.copyOf(early);
        early.clear();
        for (Early request : waited) {
            int leftMs = here.remainingMs(request.deadlineMs);
            if (leftMs == 0) {
                request.origin.answer(
                        here,
                        Failed.notApplied(
                                ErrorCode.QUORUM_UNAVAILABLE,
                                "node " + here.self.shortName() + " has only just started and met too few replicas"));
            } else {
                entrance.enter(request.origin, request.request.withTimeoutMs(leftMs));
            }
        }
    }

    private boolean meetsEnough(ClientRequest request) {
        int shard = here.shardOf(request.key());
        var complete = here.table().complete(shard);
        // Who is incomplete stays so: its vote is not worth waiting for.
        int voters = Math.min(request.levels().read(), complete.size());
        return here.live(complete) >= voters
                && here.live(here.entry(shard).replicas()) >= request.levels().write();
    }

    private @Nullable Failed refusal(ClientRequest request) {
        if (here.standing() == Standing.FENCED) {
            return Failed.notApplied(ErrorCode.FENCED, "node " + here.self + " is fenced: its data are incomplete");
        }
        if (!here.serves() || !here.hasRing()) {
            return Failed.notApplied(ErrorCode.STARTING, "node " + here.self + " is starting");
        }
        if (!here.table().knowsBucket(request.key())) {
            return Failed.notApplied(
                    ErrorCode.BUCKET_UNKNOWN,
                    "no bucket has number " + request.key().bucket());
        }
        int shard = here.shardOf(request.key());
        if (here.hasStopped(shard)) {
            return Failed.notApplied(ErrorCode.POSSIBLE_LOSS, here.possibleLoss(shard));
        }
        int inFlight = operations.size() + early.size();
        if (inFlight >= here.config.maxOperations()) {
            here.trace(Event.REFUSED_OVERLOAD, -1);
            return Failed.notApplied(ErrorCode.OVERLOADED, inFlight + " operations are in flight here");
        }
        return request.timeoutMs() <= 0
                ? Failed.notApplied(ErrorCode.TIMEOUT, "the deadline had passed on arrival")
                : null;
    }
}
