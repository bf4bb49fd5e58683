package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayList;
import java.util.List;

/** A read that this node coordinates. */
final class ReadOperation extends ClientOperation {

    /** How far it got. */
    enum Phase {
        GATHERING,
        WAITING_FOR_REPAIR,
        REPAIRING
    }

    Phase phase = Phase.GATHERING;
    KvObject merged = KvObject.ABSENT;

    /** Replicas that hold {@link #merged}. */
    final List<NodeId> holders = new ArrayList<>(3);

    /** Replicas that were sent {@link #merged} and have not answered. */
    final List<NodeId> repairing = new ArrayList<>(3);

    ReadOperation(long id, Origin origin, ClientRequest request, int shard, long deadlineMs) {
        super(id, origin, request, shard, deadlineMs);
    }
}
