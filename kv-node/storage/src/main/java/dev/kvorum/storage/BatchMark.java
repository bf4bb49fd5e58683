package dev.kvorum.storage;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What every batch says of itself in the meta family, so that the log tells how far it reaches and whose it is.
 *
 * @param number of the batch; 0 before the first
 * @param boot the start of the volume in which it was written
 * @param volumeId 32 hex digits
 */
record BatchMark(long number, long boot, String volumeId) {

    private static final int VOLUME_BYTES = 16;
    private static final int BYTES = 2 * Long.BYTES + VOLUME_BYTES;

    /** Empty when the bytes are no mark. */
    static Optional<BatchMark> read(byte[] kept) {
        if (kept.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(kept);
        long number = in.getLong();
        long boot = in.getLong();
        return Optional.of(new BatchMark(number, boot, HexFormat.of().formatHex(kept, 2 * Long.BYTES, BYTES)));
    }

    /** What is the same in every mark of one start. */
    static byte[] template(long boot, String volumeId) {
        return ByteBuffer.allocate(BYTES)
                .putLong(0)
                .putLong(boot)
                .put(HexFormat.of().parseHex(volumeId))
                .array();
    }

    /** Sets the number in the bytes that {@link #template} made. */
    static void number(byte[] mark, long number) {
        ByteBuffer.wrap(mark).putLong(number);
    }
}
