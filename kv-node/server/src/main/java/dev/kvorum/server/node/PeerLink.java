package dev.kvorum.server.node;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.node.FrameReader;
import dev.kvorum.core.node.FrameWriter;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.ring.NodeId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * One open connection to the same loop of another node, after both have shown who they are. What is said in one turn of
 * the loop leaves as one frame.
 */
final class PeerLink {

    /** Bytes that may wait in this process for a peer that does not read; what comes on top is dropped. */
    private static final int MOST_WAITING_BYTES = 32 << 20;

    final Greeting greeting;
    final NodeId peer;
    final String volumeId;
    final FrameReader reader;
    private final NetSocket socket;
    private final FrameWriter writer = new FrameWriter();
    private long witnessed;
    private long waitingBytes;
    private long dropped;

    /**
     * @param greeting what the other side showed
     */
    PeerLink(Greeting greeting, NetSocket socket, FrameReader reader) {
        this.greeting = greeting;
        this.peer = greeting.node();
        this.volumeId = greeting.volume().volume().toString();
        this.witnessed = greeting.volume().syncedCommit();
        this.socket = socket;
        this.reader = reader;
    }

    /** Whether the other side has shown a higher commit as synced since this was last asked. */
    boolean hasSyncedMore() {
        boolean more = reader.syncedCommit() > witnessed;
        witnessed = Math.max(witnessed, reader.syncedCommit());
        return more;
    }

    /** The highest commit that the other side has shown as synced. */
    long witnessed() {
        return witnessed;
    }

    boolean isEmpty() {
        return writer.isEmpty();
    }

    void add(ReplicationMessage message) {
        if (waitingBytes + writer.sizeBytes() > MOST_WAITING_BYTES) {
            dropped++;
            return;
        }
        writer.add(message);
    }

    void flush(long syncedCommit) {
        if (writer.isEmpty()) {
            return;
        }
        byte[] frame = writer.finish(Clock.nowMs(), Clock.wallMs(), syncedCommit);
        waitingBytes += frame.length;
        socket.write(Buffer.buffer(frame)).onComplete(written -> waitingBytes -= frame.length);
    }

    long waitingBytes() {
        return waitingBytes;
    }

    long dropped() {
        return dropped;
    }

    void close() {
        socket.close();
    }
}
