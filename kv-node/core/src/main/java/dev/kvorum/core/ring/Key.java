package dev.kvorum.core.ring;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The full name of a value: bucket and key, with the slot worked out once. The array is never modified after it was
 * handed in.
 */
public final class Key {

    /** The longest key, in bytes; the shortest has one. */
    public static final int MAX_BYTES = 1_024;

    private final int bucket;
    private final byte[] bytes;
    private final int slot;
    private final int hash;

    /**
     * @param bucket the bucket's number in the ring document
     * @param bytes 1..{@link #MAX_BYTES} bytes; the doors check this with an error of their own before
     */
    public Key(int bucket, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a key has 1.." + MAX_BYTES + " bytes, not " + bytes.length);
        }
        this.bucket = bucket;
        this.bytes = bytes;
        this.slot = Slots.slotOf(bytes);
        this.hash = 31 * Arrays.hashCode(bytes) + bucket;
    }

    public static Key read(WireReader in) {
        int bucket = (int) in.getVar();
        byte[] bytes = in.getBytes();
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new MalformedException("a key has 1.." + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new Key(bucket, bytes);
    }

    public void write(WireWriter out) {
        out.putVar(bucket).putBytes(bytes);
    }

    public int bucket() {
        return bucket;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int slot() {
        return slot;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && bucket == that.bucket && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return bucket + "/" + new String(bytes, StandardCharsets.UTF_8);
    }
}
