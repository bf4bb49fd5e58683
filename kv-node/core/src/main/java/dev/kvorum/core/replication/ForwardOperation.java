package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/** A request that another node coordinates for this one. */
final class ForwardOperation extends ClientOperation {

    NodeId target;

    /** Nodes that refused it; each refusal came before anything was done. */
    final List<NodeId> refusers = new ArrayList<>(0);

    boolean held;

    ForwardOperation(long id, Origin origin, ClientRequest request, int shard, long deadlineMs, NodeId target) {
        super(id, origin, request, shard, deadlineMs);
        this.target = target;
    }

    boolean isRead() {
        return request.operation() instanceof Operation.Read;
    }
}
