package dev.kvorum.storage.files;

import dev.kvorum.core.ring.NodeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Whose volume this is.
 *
 * @param nodeId minted when the volume was first used, or taken since
 * @param volumeId identity of the volume's content, 32 hex digits, minted likewise
 * @param name the configured name of the node that used it first
 * @param adoptions how many times another node id was taken: of two identities of a volume the higher one counts
 */
public record Identity(NodeId nodeId, String volumeId, String name, int adoptions) {

    private static final int VOLUME_ID_BYTES = 16;

    /** A new identity for an empty volume of a new node. */
    public static Identity mint(String name) {
        SecureRandom random = new SecureRandom();
        return mint(name, new NodeId(random.nextLong(), random.nextLong(), random.nextInt()));
    }

    /** A new identity for an empty volume of a known node. */
    public static Identity mint(String name, NodeId nodeId) {
        byte[] volume = new byte[VOLUME_ID_BYTES];
        new SecureRandom().nextBytes(volume);
        return new Identity(nodeId, HexFormat.of().formatHex(volume), name, 0);
    }

    /** The same volume under another node id. */
    public Identity becoming(NodeId other) {
        return new Identity(other, volumeId, name, adoptions + 1);
    }

    static Identity read(ByteBuffer in) {
        NodeId node = new NodeId(in.getLong(), in.getLong(), in.getInt());
        byte[] volume = new byte[VOLUME_ID_BYTES];
        in.get(volume);
        return new Identity(node, HexFormat.of().formatHex(volume), Sector.readText(in), in.getInt());
    }

    void write(ByteBuffer out) {
        out.putLong(nodeId.high()).putLong(nodeId.middle()).putInt(nodeId.low());
        out.put(HexFormat.of().parseHex(volumeId));
        Sector.writeText(name, out);
        out.putInt(adoptions);
    }
}
