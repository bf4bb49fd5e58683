package dev.kvorum.core.ring;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.HexFormat;

/**
 * Who a node is, for as long as its data directory lives: 160 bits, written as 40 hex digits. Never an address and
 * never a pod's name, both of which may pass to another node.
 */
public record NodeId(long high, long middle, int low) implements Comparable<NodeId> {

    private static final HexFormat HEX = HexFormat.of();

    /** The size of the binary form, in bytes. */
    public static final int BYTES = 20;

    /**
     * Reads the 40 hex digits.
     *
     * @throws IllegalArgumentException naming the text when it is anything else
     */
    public static NodeId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a node id has 40 hex digits, not \"" + hex + '"');
        }
        try {
            return new NodeId(
                    HexFormat.fromHexDigitsToLong(hex, 0, 16),
                    HexFormat.fromHexDigitsToLong(hex, 16, 32),
                    HexFormat.fromHexDigits(hex, 32, 40));
        } catch (NumberFormatException notHex) {
            throw new IllegalArgumentException("a node id has 40 hex digits, not \"" + hex + '"', notHex);
        }
    }

    public static NodeId read(WireReader in) {
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    public void write(WireWriter out) {
        out.putLong(high).putLong(middle).putInt(low);
    }

    /** The first eight hex digits, enough for people reading a log. */
    public String shortName() {
        return HEX.toHexDigits(high).substring(0, 8);
    }

    @Override
    public int compareTo(NodeId that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        if (byHigh != 0) {
            return byHigh;
        }
        int byMiddle = Long.compareUnsigned(middle, that.middle);
        return byMiddle != 0 ? byMiddle : Integer.compareUnsigned(low, that.low);
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(middle) + HEX.toHexDigits(low);
    }
}
