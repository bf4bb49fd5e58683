package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A write that this node coordinates, from its turn at the key to its last acknowledgement. */
final class WriteOperation extends ClientOperation implements LocalObjects.Modification {

    /** How far it got; only {@link #ACKING} has left anything behind. */
    enum Phase {
        WAITING,
        TAKING_OVER,
        CONDITION_FAILED,
        ACKING
    }

    final Operation.Write operation;
    final List<NodeId> acked = new ArrayList<>(3);
    Phase phase = Phase.WAITING;

    /** Whether this node's own store is durable: it holds the write whatever becomes of the row. */
    boolean isHeldHere;

    /** What this node had when the key's turn came. */
    KvObject local = KvObject.ABSENT;

    /** The same, with what a take-over read brought. */
    KvObject base = KvObject.ABSENT;

    KvObject written = KvObject.ABSENT;
    ClientReply.@Nullable Written reply;
    long takeOver;

    /** Whether {@link #base} is all that was acknowledged before this home took over; settled once it is stored. */
    boolean hasTakenOver;

    /** The newest epoch of the shard that a replica acknowledged under; counts only once this node is there, too. */
    long countsFromEpoch;

    WriteOperation(
            long id, Origin origin, ClientRequest request, Operation.Write operation, int shard, long deadlineMs) {
        super(id, origin, request, shard, deadlineMs);
        this.operation = operation;
    }

    @Override
    public Key key() {
        return request.key();
    }
}
