package dev.kvorum.core.node;

import dev.kvorum.core.replication.ReplicationCodec;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.wire.WireWriter;
import java.util.zip.CRC32C;

/**
 * Gathers what a loop says to one peer in one turn into one frame: length of what follows (u32), CRC-32C of what
 * follows it (u32), when it was sent by the sender's monotonic clock in ms (u64), the sender's wall clock in ms (u64),
 * the highest commit that it has synced (u64), the messages.
 */
public final class FrameWriter {

    private static final int HEAD_BYTES = Frames.PREFIX_BYTES + 3 * Long.BYTES;

    private final WireWriter out = new WireWriter(4_096);
    private final CRC32C checksum = new CRC32C();

    public FrameWriter() {
        begin();
    }

    public boolean isEmpty() {
        return out.size() == HEAD_BYTES;
    }

    /** What the frame weighs so far, in bytes. */
    public int sizeBytes() {
        return out.size();
    }

    public void add(ReplicationMessage message) {
        ReplicationCodec.write(message, out);
    }

    /**
     * Ends the frame and begins the next.
     *
     * @param sentMs by the monotonic clock of the sender; the receiver tells the age of the frame by it
     * @param wallMs of the sender; carried for the later comparison of clocks
     * @param syncedCommit what the receiver witnesses: a later start of this volume that shows less is an old copy
     * @return the bytes to send; the caller's to keep
     */
    public byte[] finish(long sentMs, long wallMs, long syncedCommit) {
        out.setLong(Frames.PREFIX_BYTES, sentMs);
        out.setLong(Frames.PREFIX_BYTES + Long.BYTES, wallMs);
        out.setLong(Frames.PREFIX_BYTES + 2 * Long.BYTES, syncedCommit);
        Frames.seal(out, checksum);
        byte[] frame = out.toBytes();
        begin();
        return frame;
    }

    private void begin() {
        out.reset();
        out.putLong(0).putLong(0).putLong(0).putLong(0);
    }

    /** A frame around a handshake alone. */
    public static byte[] handshake(Handshake handshake) {
        return Frames.frame(handshake::write);
    }
}
