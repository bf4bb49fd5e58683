package dev.kvorum.operator.node;

import java.util.List;

/**
 * The admin doors of nodes. May block up to a few seconds; a node that cannot be reached, or refuses, is a
 * {@link NodeAdminException}. Safe for use by many threads.
 */
public interface NodeAdmin {

    NodeReport node(Door door);

    List<MemberReport> members(Door door);

    RingReport ring(Door door);

    /**
     * Opens a session with the authority of the node's cluster; those before it are superseded from then on.
     *
     * @param operator what this operator calls itself
     * @return its number
     */
    long openSession(Door door, String operator);

    /** Declares a bucket that is new, or exactly as it is already. */
    void declareBucket(Door door, long session, BootstrapDocument.Bucket bucket);

    /** Durable at the node when this returns; harmless to repeat with the same document. */
    void found(Door door, BootstrapDocument document);

    /**
     * Where a node's admin door is.
     *
     * @param host an address
     * @param token bearer token of the cluster; empty before it is known
     */
    record Door(String host, int port, String token) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
