package dev.kvorum.core.node;

import dev.kvorum.core.replication.ReplicationCodec;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the other side of a data link says: a handshake, then frames of messages. Not thread-safe.
 *
 * <p>Throws {@link MalformedException} when the bytes are no frames; the link cannot be used after that.
 */
public final class FrameReader {

    private final Frames frames = new Frames();
    private final LinkAge age = new LinkAge();
    private long syncedCommit;

    /** Appends a piece. */
    public void feed(byte[] piece) {
        frames.feed(piece);
    }

    /** The handshake at the head of what came so far; null as long as it is not complete. */
    public @Nullable Handshake nextHandshake() {
        WireReader in = frames.next();
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
        for (WireReader in = frames.next(); in != null; in = frames.next()) {
            long ageMs = age.ageMs(in.getLong(), nowMs);
            skipWallClock(in);
            syncedCommit = Math.max(syncedCommit, in.getLong());
            while (in.remaining() > 0) {
                ReplicationMessage message = ReplicationCodec.read(in);
                out.accept(ageMs == 0 ? message : message.aged(ageMs));
            }
        }
    }

    /** The highest commit that the other side said it had synced; 0 before it said any. */
    public long syncedCommit() {
        return syncedCommit;
    }

    private static void skipWallClock(WireReader in) {
        in.getLong();
    }
}
