package dev.kvorum.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link WireWriter} wrote. Every length is checked against what is left before anything is allocated.
 *
 * <p>All methods throw {@link MalformedException} when the bytes end early. Not thread-safe.
 */
public final class WireReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public WireReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    public int remaining() {
        return end - position;
    }

    public int position() {
        return position;
    }

    public int getByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    public int getShort() {
        need(Short.BYTES);
        short value = (short) SHORT.get(bytes, position);
        position += Short.BYTES;
        return value & 0xFFFF;
    }

    public int getInt() {
        need(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long getLong() {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public long getVar() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("variable-length number longer than 10 bytes at offset " + position);
    }

    /**
     * Reads a count of things that take at least {@code leastBytesEach} bytes, so that a forged count cannot make the
     * caller allocate more than the message could hold.
     */
    public int getCount(int leastBytesEach) {
        long count = getVar();
        if (count < 0 || count > remaining() / Math.max(1, leastBytesEach)) {
            throw new MalformedException(
                    "count " + count + " exceeds the " + remaining() + " bytes left at offset " + position);
        }
        return (int) count;
    }

    public byte[] getRaw(int length) {
        need(length);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    public byte[] getBytes() {
        return getRaw(getCount(1));
    }

    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link WireWriter#putEnum} wrote.
     *
     * @param constants the enum's {@code values()}
     */
    public <E extends Enum<E>> E getEnum(E[] constants) {
        int place = getByte();
        if (place >= constants.length) {
            throw new MalformedException(
                    constants[0].getDeclaringClass().getSimpleName() + " has no constant " + place);
        }
        return constants[place];
    }

    /** Checks that nothing is left; trailing bytes mean that reader and writer disagree about the form. */
    public void end() {
        if (remaining() != 0) {
            throw new MalformedException(remaining() + " bytes too many at offset " + position);
        }
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw new MalformedException(count + " bytes needed at offset " + position + ", " + remaining() + " left");
        }
    }
}
