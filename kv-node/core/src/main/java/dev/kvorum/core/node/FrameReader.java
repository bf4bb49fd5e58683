package dev.kvorum.core.node;

import dev.kvorum.core.replication.ReplicationCodec;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of one link together again from whatever pieces the network hands over. Not thread-safe.
 *
 * <p>Throws {@link MalformedException} when the bytes are no frames; the link cannot be used after that.
 */
public final class FrameReader {

    /** The longest frame taken: far above what a turn produces, far below what would hurt. */
    public static final int MOST_BYTES = 16 << 20;

    private final CRC32C checksum = new CRC32C();
    private final LinkAge age = new LinkAge();
    private byte[] bytes = new byte[4_096];
    private int start;
    private int end;

    /** Appends a piece. */
    public void feed(byte[] piece) {
        makeRoom(piece.length);
        System.arraycopy(piece, 0, bytes, end, piece.length);
        end += piece.length;
    }

    /** The handshake at the head of what came so far; null as long as it is not complete. */
    public @Nullable Handshake nextHandshake() {
        WireReader in = next();
        if (in == null) {
            return null;
        }
        Handshake handshake = Handshake.read(in);
        in.end();
        return handshake;
    }

    /**
     * Hands the messages of all complete frames over, in order. What a message's sender would still wait is less by the
     * time that its frame was on the way or lay in a queue.
     *
     * @param nowMs the receiver's monotonic clock
     */
    public void drain(long nowMs, Consumer<? super ReplicationMessage> out) {
        for (WireReader in = next(); in != null; in = next()) {
            long ageMs = age.ageMs(in.getLong(), nowMs);
            skipWallClockAndCommit(in);
            while (in.remaining() > 0) {
                ReplicationMessage message = ReplicationCodec.read(in);
                out.accept(ageMs == 0 ? message : message.aged(ageMs));
            }
        }
    }

    private static void skipWallClockAndCommit(WireReader in) {
        in.getLong();
        in.getLong();
    }

    private @Nullable WireReader next() {
        if (end - start < FrameWriter.PREFIX_BYTES) {
            return null;
        }
        WireReader prefix = new WireReader(bytes, start, FrameWriter.PREFIX_BYTES);
        int length = prefix.getInt();
        if (length < Integer.BYTES || length > MOST_BYTES) {
            throw new MalformedException("a frame of " + length + " bytes");
        }
        if (end - start < Integer.BYTES + length) {
            return null;
        }
        int expected = prefix.getInt();
        int from = start + FrameWriter.PREFIX_BYTES;
        checksum.reset();
        checksum.update(bytes, from, length - Integer.BYTES);
        if ((int) checksum.getValue() != expected) {
            throw new MalformedException("a frame of " + length + " bytes whose checksum does not match");
        }
        start += Integer.BYTES + length;
        return new WireReader(bytes, from, length - Integer.BYTES);
    }

    private void makeRoom(int more) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (bytes.length - end < more) {
            int held = end - start;
            byte[] target =
                    held + more <= bytes.length / 2 ? bytes : new byte[Math.max(bytes.length, 2 * (held + more))];
            System.arraycopy(bytes, start, target, 0, held);
            bytes = target;
            start = 0;
            end = held;
        }
    }
}
