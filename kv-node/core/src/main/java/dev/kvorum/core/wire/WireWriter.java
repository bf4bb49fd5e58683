package dev.kvorum.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends values to a growing array; {@link #reset} keeps the array for the next use. Not thread-safe. */
public final class WireWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public WireWriter() {
        this(256);
    }

    public WireWriter(int initialCapacityBytes) {
        bytes = new byte[initialCapacityBytes];
    }

    public int size() {
        return size;
    }

    /** The array in use; only its first {@link #size} bytes count, and the next write may replace it. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void reset() {
        size = 0;
    }

    public WireWriter putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public WireWriter putShort(int value) {
        ensure(Short.BYTES);
        SHORT.set(bytes, size, (short) value);
        size += Short.BYTES;
        return this;
    }

    public WireWriter putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    public WireWriter putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** Appends an unsigned variable-length number: 1 byte below 128, at most 10 (negative numbers take 10). */
    public WireWriter putVar(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public WireWriter putRaw(byte[] source) {
        return putRaw(source, 0, source.length);
    }

    public WireWriter putRaw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** Appends the length, then the bytes. */
    public WireWriter putBytes(byte[] source) {
        return putVar(source.length).putRaw(source);
    }

    /** Appends the text in UTF-8, preceded by its length in bytes. */
    public WireWriter putText(String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends one byte for the constant: its place in the enum, so constants on the wire are only ever appended. */
    @SuppressWarnings("EnumOrdinal") // the place is the code, see above
    public WireWriter putEnum(Enum<?> constant) {
        return putByte(constant.ordinal());
    }

    /** Overwrites four bytes that were written earlier, such as a frame's length. */
    public void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /** The same for eight bytes. */
    public void setLong(int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
