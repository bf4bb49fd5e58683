package dev.kvorum.server.resp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * What a connection has received and not consumed. As long as commands end where reads end, bytes lie in an array that
 * all connections of the loop share; only a part of a command is kept in one of the connection's own.
 */
final class InputBuffer {

    private static final byte[] NOTHING = {};

    private final Shared shared;
    private byte[] own = NOTHING;
    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private boolean inShared;

    /** The array that the connections of a loop take turns with. */
    static final class Shared {
        private byte[] bytes = new byte[65_536];
        private long keptBytes;

        /** How much memory is held by parts of commands, on all connections. */
        long keptBytes() {
            return keptBytes;
        }
    }

    InputBuffer(Shared shared) {
        this.shared = shared;
    }

    void append(ByteBuf message) {
        int more = message.readableBytes();
        if (from == to) {
            shared.bytes = shared.bytes.length < more ? new byte[more] : shared.bytes;
            bytes = shared.bytes;
            inShared = true;
            from = 0;
            to = more;
            message.readBytes(bytes, 0, more);
            return;
        }
        if (own.length - to < more) {
            makeRoom(more);
        }
        message.readBytes(own, to, more);
        to += more;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean isEmpty() {
        return from == to;
    }

    void consume(int count) {
        from += count;
    }

    /** Must be called when the turn of this connection ends: saves what is left from the shared array. */
    void keepRest() {
        if (from == to) {
            release();
        } else if (inShared) {
            own = Arrays.copyOfRange(bytes, from, to);
            shared.keptBytes += own.length;
            to -= from;
            from = 0;
            bytes = own;
            inShared = false;
        }
    }

    /** Forgets everything. */
    void release() {
        shared.keptBytes -= own.length;
        own = NOTHING;
        bytes = NOTHING;
        inShared = false;
        from = 0;
        to = 0;
    }

    private void makeRoom(int more) {
        int kept = to - from;
        byte[] larger = kept + more <= own.length / 2 ? own : new byte[Math.max(own.length * 2, kept + more)];
        System.arraycopy(own, from, larger, 0, kept);
        shared.keptBytes += larger.length - own.length;
        own = larger;
        bytes = larger;
        from = 0;
        to = kept;
    }
}
