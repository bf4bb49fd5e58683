package dev.kvorum.core.authority;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.HexFormat;

/** The identity of a node's disk content: 128 bits, written as 32 hex digits. New content gets a new one. */
public record VolumeId(long high, long low) {

    static final int BYTES = 16;
    private static final int DIGITS = 2 * BYTES;

    /**
     * Reads the 32 hex digits.
     *
     * @throws IllegalArgumentException naming the text when it is anything else
     */
    public static VolumeId parse(String hex) {
        if (hex.length() != DIGITS) {
            throw new IllegalArgumentException("a volume id has 32 hex digits, not \"" + hex + '"');
        }
        try {
            return new VolumeId(
                    HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, DIGITS));
        } catch (NumberFormatException notHex) {
            throw new IllegalArgumentException("a volume id has 32 hex digits, not \"" + hex + '"', notHex);
        }
    }

    static VolumeId read(WireReader in) {
        return new VolumeId(in.getLong(), in.getLong());
    }

    void write(WireWriter out) {
        out.putLong(high).putLong(low);
    }

    /** The first eight hex digits, enough for people. */
    public String shortName() {
        return HexFormat.of().toHexDigits(high).substring(0, 8);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
