package dev.kvorum.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The key of an object inside the data family: {@code [slot u16][bucket u32][key]}, big-endian, so that a shard is
 * one key range and a slot another.
 */
public final class StoredKey {

    /** One more than the largest slot. */
    public static final int SLOTS = 16_384;

    private static final int BUCKET_AT = Short.BYTES;
    private static final int KEY_AT = BUCKET_AT + Integer.BYTES;

    private StoredKey() {}

    /**
     * The key as stored.
     *
     * @throws IllegalArgumentException when the slot is none
     */
    public static byte[] of(int slot, int bucket, byte[] key) {
        checkSlot(slot, SLOTS - 1);
        return ByteBuffer.allocate(KEY_AT + key.length)
                .putShort((short) slot)
                .putInt(bucket)
                .put(key)
                .array();
    }

    /** The smallest possible key of a slot; of {@link #SLOTS}, an upper bound of all keys. */
    public static byte[] firstOf(int slot) {
        checkSlot(slot, SLOTS);
        return ByteBuffer.allocate(Short.BYTES).putShort((short) slot).array();
    }

    static int slot(byte[] stored) {
        return Short.toUnsignedInt(ByteBuffer.wrap(stored).getShort());
    }

    static int bucket(byte[] stored) {
        return ByteBuffer.wrap(stored).getInt(BUCKET_AT);
    }

    static byte[] key(byte[] stored) {
        return Arrays.copyOfRange(stored, KEY_AT, stored.length);
    }

    private static void checkSlot(int slot, int largest) {
        if (slot < 0 || slot > largest) {
            throw new IllegalArgumentException("a slot is 0 to " + largest + ", not " + slot);
        }
    }
}
