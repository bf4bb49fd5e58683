package dev.kvorum.core.replication;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;

/** A client's request on its way; answered once. */
abstract sealed class ClientOperation permits WriteOperation, ReadOperation, ForwardOperation {

    final long id;
    final Origin origin;
    final ClientRequest request;
    final int shard;
    final long deadlineMs;
    private boolean answered;

    ClientOperation(long id, Origin origin, ClientRequest request, int shard, long deadlineMs) {
        this.id = id;
        this.origin = origin;
        this.request = request;
        this.shard = shard;
        this.deadlineMs = deadlineMs;
    }

    boolean isAnswered() {
        return answered;
    }

    void answer(Surroundings here, ClientReply reply) {
        if (!answered) {
            answered = true;
            origin.answer(here, reply);
        }
    }
}
