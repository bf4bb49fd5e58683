package dev.kvorum.storage.cache;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one key and one value, appended one behind the other into chunks outside the heap; the newest overwrite
 * the oldest. A position, in units of 8 bytes, only grows: it names a record for ever and says by its distance from the
 * end whether the record is still there. No record crosses a chunk. Shape: key length (u32), value length (u32), key,
 * value, filled up to 8 bytes.
 */
final class RecordLog {

    static final int CHUNK_BYTES = 4 << 20;

    private static final int HEAD_BYTES = 8;
    private static final int UNIT_BYTES = 8;
    private static final int CHUNK_UNITS = CHUNK_BYTES / UNIT_BYTES;

    /** Positions start here: 0 stands for "none" in a table. */
    private static final long FIRST = 1;

    private final int mostChunks;
    private final List<ByteBuffer> chunks = new ArrayList<>();

    private long end = FIRST;

    RecordLog(long capacityBytes) {
        mostChunks = (int) Math.max(2, capacityBytes / CHUNK_BYTES);
        chunks.add(ByteBuffer.allocateDirect(CHUNK_BYTES));
    }

    long capacityBytes() {
        return (long) mostChunks * CHUNK_BYTES;
    }

    long sizeBytes() {
        return (long) chunks.size() * CHUNK_BYTES;
    }

    static int recordBytes(byte[] key, byte[] value) {
        return (HEAD_BYTES + key.length + value.length + UNIT_BYTES - 1) & -UNIT_BYTES;
    }

    /** Position of the next record. */
    long end() {
        return end;
    }

    /** Starts over; whoever keeps positions forgets them first. */
    void rewind() {
        end = FIRST;
    }

    /** Its position. The record must fit a chunk. */
    long append(byte[] key, byte[] value) {
        int bytes = recordBytes(key, value);
        if (at(end) + bytes > CHUNK_BYTES) {
            end = (number(end) + 1) * CHUNK_UNITS;
        }
        long position = end;
        ByteBuffer chunk = chunkToWrite(position);
        int at = at(position);
        chunk.putInt(at, key.length);
        chunk.putInt(at + Integer.BYTES, value.length);
        chunk.put(at + HEAD_BYTES, key);
        chunk.put(at + HEAD_BYTES + key.length, value);
        end += bytes / UNIT_BYTES;
        return position;
    }

    /**
     * Whether the record is still there whole. The chunk being written is out of bounds for what it held a lap before,
     * whichever part of it has been overwritten.
     */
    boolean isLive(long position) {
        return number(end) - number(position) < mostChunks;
    }

    /** Whether the record is in the last quarter of its life. */
    boolean isAging(long position) {
        return (number(end) - number(position)) * 4 > 3L * mostChunks;
    }

    /** Whether the record is there and is of this key. */
    boolean holds(long position, byte[] key) {
        if (!isLive(position)) {
            return false;
        }
        ByteBuffer chunk = chunk(position);
        int at = at(position);
        if (chunk.getInt(at) != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (chunk.get(at + HEAD_BYTES + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** The value of a record that is there, as a copy. */
    byte[] value(long position) {
        ByteBuffer chunk = chunk(position);
        int at = at(position);
        byte[] value = new byte[chunk.getInt(at + Integer.BYTES)];
        chunk.get(at + HEAD_BYTES + chunk.getInt(at), value);
        return value;
    }

    private static int at(long position) {
        return (int) (position % CHUNK_UNITS) * UNIT_BYTES;
    }

    private static long number(long position) {
        return position / CHUNK_UNITS;
    }

    private ByteBuffer chunk(long position) {
        return chunks.get((int) (number(position) % mostChunks));
    }

    private ByteBuffer chunkToWrite(long position) {
        if (number(position) >= chunks.size() && chunks.size() < mostChunks) {
            chunks.add(ByteBuffer.allocateDirect(CHUNK_BYTES));
        }
        return chunk(position);
    }
}
