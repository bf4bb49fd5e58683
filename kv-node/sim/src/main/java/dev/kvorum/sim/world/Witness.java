package dev.kvorum.sim.world;

import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.KvObject;

/** Sees what no client and no node could see alone; the checks are made of it. */
public interface Witness {

    /**
     * A node's machine stores an object.
     *
     * @param homeSinceUs since when the node holds itself, without interruption, for the shard's home or what
     *     else it may be; what was acknowledged before, a write without a context must replace
     */
    void onStore(Node node, Key key, KvObject object, long homeSinceUs);

    /** A machine answers a door. */
    void onReply(Node node, ClientReply reply);

    /** All machines of a node are settled at the ring of this epoch. */
    void onSettled(Node node, long epoch);

    /** A message reaches a machine, which acts under this epoch of the shards concerned. */
    void onReceived(Node node, int from, ReplicationMessage message);

    /** A machine says something. */
    void onSent(Node node, int to, ReplicationMessage message);
}
