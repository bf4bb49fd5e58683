package dev.kvorum.server.door;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.Ring;
import io.vertx.core.Future;

/** What an administrator may ask of a node. Called from the admin door's thread; answers on any thread. */
public interface ClusterControl {

    /**
     * Accepts the founding document if the node has none. Success is durable: the document is synced before the answer.
     * Repeating an accepted document changes nothing.
     */
    Future<Founding> found(Bootstrap document);

    /**
     * Stops coordinating and refuses new requests; completes when nothing is in flight. Repeating it waits for the
     * same.
     */
    Future<Void> drain();

    /** The answer to a founding document. */
    sealed interface Founding {

        /** Accepted now, or equal to the one accepted before. */
        record Accepted(Ring ring) implements Founding {}

        /** Another document was accepted before; the detail names what differs. */
        record Conflict(String detail) implements Founding {}

        /** The document does not name this node's id. */
        record ForeignNode(String detail) implements Founding {}

        /** The node cannot accept one in its present state. */
        record Refused(String detail) implements Founding {}
    }
}
