package dev.kvorum.sim.check;

import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;

/** Values that say which write they come from and that nobody damaged them. */
public final class Values {

    /** The shortest value. */
    public static final int LEAST_BYTES = 12;

    private Values() {}

    /** The value of the write of this number; its bytes follow from number and length. */
    public static byte[] of(long number, int sizeBytes) {
        WireWriter out = new WireWriter(sizeBytes);
        out.putLong(number).putInt(sizeBytes);
        byte[] value = Arrays.copyOf(out.array(), sizeBytes);
        for (int i = LEAST_BYTES; i < sizeBytes; i++) {
            value[i] = (byte) (number * 31 + i);
        }
        return value;
    }

    /** The number of the write that made this value, or −1 when none did. */
    public static long numberOf(byte[] value) {
        if (value.length < LEAST_BYTES) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << 8) | (value[i] & 0xFF);
        }
        return Arrays.equals(value, of(number, value.length)) ? number : -1;
    }
}
