package dev.kvorum.core.node;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first thing each side of a link says.
 *
 * @param protocol the version of everything that follows
 * @param clusterId of the cluster whose ring the sender holds
 * @param epoch of the sender's ring
 * @param ringHash of the sender's ring
 * @param node who the sender is
 * @param volumeId 32 hex digits: the identity of its disk content; carried, not judged yet
 * @param syncedCommit the highest commit that the sender has synced; carried, not judged yet
 * @param loop the sender's event loop that owns this end of the link
 * @param loops how many the sender has
 */
public record Handshake(
        int protocol,
        String clusterId,
        long epoch,
        long ringHash,
        NodeId node,
        String volumeId,
        long syncedCommit,
        int loop,
        int loops) {

    /** The version spoken by this build. */
    public static final int PROTOCOL = 1;

    private static final int MAGIC = 0x4B564F52;

    public void write(WireWriter out) {
        out.putInt(MAGIC).putVar(protocol).putText(clusterId).putVar(epoch).putLong(ringHash);
        node.write(out);
        out.putText(volumeId).putVar(syncedCommit).putVar(loop).putVar(loops);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedException when the other side does not speak this protocol
     */
    public static Handshake read(WireReader in) {
        if (in.getInt() != MAGIC) {
            throw new MalformedException("not a Kvorum node: its first bytes are no handshake");
        }
        int protocol = (int) in.getVar();
        if (protocol != PROTOCOL) {
            throw new MalformedException("protocol " + protocol + " is spoken there, " + PROTOCOL + " here");
        }
        String clusterId = in.getText();
        long epoch = in.getVar();
        long ringHash = in.getLong();
        NodeId node = NodeId.read(in);
        String volumeId = in.getText();
        long syncedCommit = in.getVar();
        int loop = (int) in.getVar();
        return new Handshake(
                protocol, clusterId, epoch, ringHash, node, volumeId, syncedCommit, loop, (int) in.getVar());
    }

    /** Why the two sides must not talk, seen from this side; null when they may. */
    public @Nullable String refusal(Handshake other) {
        if (!clusterId.equals(other.clusterId)) {
            return "node " + other.node + " belongs to cluster " + other.clusterId + ", this one to " + clusterId;
        }
        if (epoch == other.epoch && ringHash != other.ringHash) {
            return "node " + other.node + " holds another ring at the same epoch " + epoch;
        }
        if (node.equals(other.node)) {
            return "node " + other.node + " claims to be this very node";
        }
        return null;
    }
}
