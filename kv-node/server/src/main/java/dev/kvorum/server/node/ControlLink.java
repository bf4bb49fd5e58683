package dev.kvorum.server.node;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.node.ControlMessage;
import dev.kvorum.core.node.Frames;
import dev.kvorum.core.ring.NodeId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** One open connection between the control contexts of two nodes, after each has shown who it is. */
final class ControlLink {

    /** Bytes that may wait in this process for a peer that does not read; what comes on top is dropped. */
    private static final int MOST_WAITING_BYTES = 8 << 20;

    final Greeting greeting;
    private final NetSocket socket;
    private long waitingBytes;
    private boolean trusted;

    /**
     * @param greeting what the other side showed
     */
    ControlLink(Greeting greeting, NetSocket socket) {
        this.greeting = greeting;
        this.socket = socket;
    }

    NodeId peer() {
        return greeting.node();
    }

    /** Whether what the other side says about the log counts; commands are judged by themselves. */
    boolean isTrusted() {
        return trusted;
    }

    void trust(boolean mayBe) {
        trusted = mayBe;
    }

    void send(ControlMessage message) {
        if (waitingBytes > MOST_WAITING_BYTES) {
            return;
        }
        byte[] frame = Frames.frame(message::write);
        waitingBytes += frame.length;
        socket.write(Buffer.buffer(frame)).onComplete(written -> waitingBytes -= frame.length);
    }

    void close() {
        socket.close();
    }
}
