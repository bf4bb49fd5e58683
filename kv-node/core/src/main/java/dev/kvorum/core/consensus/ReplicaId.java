package dev.kvorum.core.consensus;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.HexFormat;

/**
 * One copy of a group's log: a node together with the volume on which the copy lies. A node whose volume was emptied,
 * damaged or put back from an old copy is another replica, since nothing that the former one promised binds it.
 *
 * @param volumeHigh the first 16 of the volume id's 32 hex digits
 * @param volumeLow the last 16
 */
public record ReplicaId(NodeId node, long volumeHigh, long volumeLow) implements Comparable<ReplicaId> {

    /** The size of the binary form, in bytes. */
    public static final int BYTES = NodeId.BYTES + 16;

    private static final HexFormat HEX = HexFormat.of();

    /**
     * The copy on this volume of this node.
     *
     * @param volumeId 32 hex digits
     * @throws IllegalArgumentException naming the text when it is anything else
     */
    public static ReplicaId of(NodeId node, String volumeId) {
        if (!volumeId.matches("[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("a volume id has 32 hex digits, not \"" + volumeId + '"');
        }
        return new ReplicaId(
                node, HexFormat.fromHexDigitsToLong(volumeId, 0, 16), HexFormat.fromHexDigitsToLong(volumeId, 16, 32));
    }

    public static ReplicaId read(WireReader in) {
        return new ReplicaId(NodeId.read(in), in.getLong(), in.getLong());
    }

    public void write(WireWriter out) {
        node.write(out);
        out.putLong(volumeHigh).putLong(volumeLow);
    }

    /** The volume's 32 hex digits. */
    public String volumeId() {
        return HEX.toHexDigits(volumeHigh) + HEX.toHexDigits(volumeLow);
    }

    @Override
    public int compareTo(ReplicaId that) {
        int byNode = node.compareTo(that.node);
        if (byNode != 0) {
            return byNode;
        }
        int byHigh = Long.compareUnsigned(volumeHigh, that.volumeHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(volumeLow, that.volumeLow);
    }

    @Override
    public String toString() {
        return node.shortName() + '/' + HEX.toHexDigits(volumeLow).substring(8);
    }
}
