package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.ring.NodeId;

/** Who waits for the answer to a request. */
sealed interface Origin {

    /** A door of this node. */
    record Door(long requestId) implements Origin {}

    /** Another node, which forwarded it. */
    record Peer(NodeId node, long id) implements Origin {}

    default void answer(Surroundings here, ClientReply reply) {
        switch (this) {
            case Door(long requestId) -> here.emit(new ReplicationEffect.Reply(requestId, reply));
            case Peer(NodeId node, long id) -> here.send(node, new Forwarded(id, reply));
        }
    }
}
