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

    /**
     * Builds a new group of the authority on what this node has applied, because the majority of the one before is gone
     * for good; every node that hears of it belongs to the new one. Success is durable; the process ends, and the next
     * one leads.
     *
     * @param generation one above the present, so that the same request twice is one recovery
     */
    Future<Recovery> recover(String clusterId, long generation);

    /** The answer to a recovery. */
    sealed interface Recovery {

        /**
         * It begins.
         *
         * @param applied the last entry that is kept: what was decided after it, at nodes that are gone, is lost
         */
        record Begun(long generation, long applied) implements Recovery {}

        /** Nothing has changed. */
        record Refused(String detail) implements Recovery {}
    }

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
