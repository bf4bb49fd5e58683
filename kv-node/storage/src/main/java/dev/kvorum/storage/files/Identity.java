package dev.kvorum.storage.files;

import dev.kvorum.core.ring.NodeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Whose volume this is.
 *
 * @param nodeId minted when the volume was first used
 * @param volumeId identity of the volume's content, 32 hex digits, minted likewise
 * @param name the configured name of the node that used it first
 */
public record Identity(NodeId nodeId, String volumeId, String name) {

    private static final int VOLUME_ID_BYTES = 16;

    /** A new identity for an empty volume. */
    public static Identity mint(String name) {
        SecureRandom random = new SecureRandom();
        byte[] volume = new byte[VOLUME_ID_BYTES];
        random.nextBytes(volume);
        NodeId node = new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
        return new Identity(node, HexFormat.of().formatHex(volume), name);
    }

    static Identity read(ByteBuffer in) {
        NodeId node = new NodeId(in.getLong(), in.getLong(), in.getInt());
        byte[] volume = new byte[VOLUME_ID_BYTES];
        in.get(volume);
        return new Identity(node, HexFormat.of().formatHex(volume), Sector.readText(in));
    }

    void write(ByteBuffer out) {
        out.putLong(nodeId.high()).putLong(nodeId.middle()).putInt(nodeId.low());
        out.put(HexFormat.of().parseHex(volumeId));
        Sector.writeText(name, out);
    }
}
