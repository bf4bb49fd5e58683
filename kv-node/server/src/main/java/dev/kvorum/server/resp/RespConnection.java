package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.ReplySink;
import io.netty.buffer.ByteBuf;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads commands, keeps the order of replies, and stops reading while too many replies are
 * owed or the client does not read them. Uses Vert.x's internal socket, which hands over the pooled buffer as it was
 * read and flushes once per read: 19 % more SETs per second at a pipeline of 16 than the public one.
 */
final class RespConnection {

    private static final int FIRST_OUT_BYTES = 512;

    private final RespDoor door;
    private final NetSocketInternal socket;
    private final RespClient client;
    private final RespParser parser;
    private final Arguments arguments;
    private final InputBuffer input;
    private final ReplyQueue owed = new ReplyQueue();
    private @Nullable ByteBuf out;
    private @Nullable RespWriter writer;
    private int lastOutBytes = FIRST_OUT_BYTES;
    private long lastReadMs;
    private long halfSinceMs;
    private long turnNs;
    private boolean inTurn;
    private boolean flushDue;
    private boolean held;
    private boolean ending;
    private boolean closed;

    RespConnection(RespDoor door, NetSocketInternal socket) {
        this.door = door;
        this.socket = socket;
        this.lastReadMs = door.nowMs();
        this.client = new RespClient(
                String.valueOf(socket.remoteAddress()), String.valueOf(socket.localAddress()), lastReadMs);
        this.parser = new RespParser(door.config().respArrayElements());
        this.arguments = new Arguments(parser);
        this.input = new InputBuffer(door.shared());
        socket.setWriteQueueMaxSize(door.config().outputBufferBytes());
        socket.messageHandler(this::onMessage);
        socket.drainHandler(drained -> resume());
        socket.closeHandler(gone -> onClosed());
        socket.exceptionHandler(broken -> socket.close());
        socket.shutdownHandler(stopping -> endWhenAnswered());
    }

    RespDoor door() {
        return door;
    }

    RespClient client() {
        return client;
    }

    String clientLine() {
        long nowMs = door.nowMs();
        return client.line(nowMs, nowMs - lastReadMs);
    }

    /** Answers the command at hand. */
    void reply(Reply reply) {
        if (owed.isEmpty()) {
            reply.writeTo(writer());
        } else {
            owed.add(new Slot.Ready(reply));
        }
    }

    /**
     * Makes room for an answer to the command at hand that comes later, through {@link #answered(Slot.Later, Reply)}.
     */
    Slot.Later replyLater() {
        Slot.Later slot = new Slot.Later();
        owed.add(slot);
        return slot;
    }

    void answered(Slot.Later slot, Reply reply) {
        slot.set(reply);
        advance();
    }

    /** Submits an operation on one key; the reply takes this shape. */
    void submit(Founded.Bucket bucket, byte[] key, Operation operation, KeyShape shape) {
        KeySlot slot = new KeySlot(this, operation, shape, turnNs);
        owed.add(slot);
        submit(bucket, key, operation, slot);
    }

    /** Changes one key by what it holds; the change says what is answered. */
    void change(Founded.Bucket bucket, byte[] key, ChangeSlot.Change change) {
        ChangeSlot slot = new ChangeSlot(this, bucket, key, change, turnNs);
        owed.add(slot);
        slot.begin();
    }

    /** Makes room for one answer to as many operations; each is then submitted with {@link #submit} and its sink. */
    ManySlot replyMany(ManySlot.Total total, int keys) {
        ManySlot slot = new ManySlot(this, total, keys, turnNs);
        owed.add(slot);
        return slot;
    }

    void submit(Founded.Bucket bucket, byte[] key, Operation operation, ReplySink sink) {
        ClientRequest request = new ClientRequest(
                new Key(bucket.number(), key),
                operation,
                bucket.levels(),
                null,
                0,
                door.config().requestTimeoutMs());
        door.requests().submit(request, sink);
    }

    /** A slot of this connection has got its answer, or a part of it. */
    void answered(Operation operation, ClientReply reply, long startNs) {
        door.meter().finished(operation, reply, startNs, System.nanoTime());
        advance();
    }

    /** Takes no more commands; the connection is closed once all that is owed has been written. */
    void endWhenAnswered() {
        ending = true;
        if (!inTurn) {
            flush();
        }
    }

    /** Called about once a second: ends a connection that keeps a part of a request, or nothing, for too long. */
    void sweep(long nowMs) {
        if (halfSinceMs != 0 && nowMs - halfSinceMs > door.config().halfRequestTimeoutMs()) {
            refuseAndEnd("ERR Protocol error: request is not complete after "
                    + door.config().halfRequestTimeoutMs() + " ms");
        } else if (owed.isEmpty() && nowMs - lastReadMs > door.config().idleTimeoutMs()) {
            endWhenAnswered();
        }
    }

    void flush() {
        ByteBuf full = out;
        out = null;
        writer = null;
        if (full != null && closed) {
            full.release();
        } else if (full != null) {
            lastOutBytes = Math.clamp(full.readableBytes(), FIRST_OUT_BYTES, 65_536);
            socket.writeMessage(full);
        }
        if (ending && !closed && owed.isEmpty()) {
            socket.close();
        }
    }

    private void onMessage(Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            if (!ending && !closed) {
                input.append(received);
            }
        } finally {
            received.release();
        }
        lastReadMs = door.nowMs();
        turn();
    }

    private void turn() {
        turnNs = System.nanoTime();
        inTurn = true;
        boolean complete = false;
        try {
            while (!ending && !mustHold() && !input.isEmpty() && step()) {
                complete = true;
                flushIfLarge();
            }
        } catch (RuntimeException bug) {
            socket.close();
            throw bug;
        }
        inTurn = false;
        if (ending) {
            input.release();
        } else {
            input.keepRest();
        }
        noteHalf(complete);
        flush();
        holdIfNeeded();
    }

    /** Carries out the next command; false when there is none yet. */
    private boolean step() {
        RespParser.Step step = parser.next(input.bytes(), input.from(), input.to());
        input.consume(parser.consumed());
        switch (step) {
            case NEED_MORE -> {
                return false;
            }
            case COMMAND -> command();
            case REFUSED -> refuse("ERR " + parser.problem());
            case MALFORMED -> refuseAndEnd("ERR " + parser.problem());
        }
        return true;
    }

    private void command() {
        if (arguments.count() == 0) {
            return;
        }
        try {
            door.commands().run(this, arguments);
        } catch (Refusal refusal) {
            refuse(refusal.line());
        }
    }

    private void refuse(String line) {
        door.meter().refused();
        reply(Reply.error(line));
    }

    void refuseAndEnd(String line) {
        refuse(line);
        halfSinceMs = 0;
        endWhenAnswered();
    }

    private void noteHalf(boolean progress) {
        if (input.isEmpty() || ending || mustHold()) {
            halfSinceMs = 0;
            return;
        }
        halfSinceMs = progress || halfSinceMs == 0 ? door.nowMs() : halfSinceMs;
        if (door.shared().keptBytes() > door.config().halfRequestBytes()) {
            refuseAndEnd("BUSY overloaded too many half-sent requests on this node; try again");
            input.release();
        }
    }

    /** Writes what is known, in order. */
    private void advance() {
        boolean wrote = false;
        for (Slot done = owed.takeDone(); done != null; done = owed.takeDone()) {
            if (!closed) {
                done.writeTo(writer());
                wrote = true;
            }
        }
        if (!inTurn && wrote && !flushDue) {
            flushDue = true;
            door.flushLater(this);
        }
    }

    /** What the door calls at the end of a turn of the loop in which replies came in. */
    void afterReplies() {
        flushDue = false;
        flush();
        resume();
    }

    private void resume() {
        if (held && !mustHold() && !closed) {
            held = false;
            turn();
            if (!held) {
                socket.resume();
            }
        }
    }

    private void holdIfNeeded() {
        if (!held && !closed && mustHold()) {
            held = true;
            socket.pause();
        }
    }

    private void flushIfLarge() {
        if (out != null && out.readableBytes() > door.config().outputBufferBytes()) {
            flush();
        }
    }

    private boolean mustHold() {
        return owed.size() >= door.config().respPipelineDepth() || socket.writeQueueFull();
    }

    private RespWriter writer() {
        RespWriter open = writer;
        if (open == null) {
            ByteBuf fresh = socket.channelHandlerContext().alloc().directBuffer(lastOutBytes);
            open = new RespWriter(fresh, client);
            out = fresh;
            writer = open;
        }
        return open;
    }

    private void onClosed() {
        closed = true;
        ending = true;
        input.release();
        ByteBuf unsent = out;
        out = null;
        writer = null;
        if (unsent != null) {
            unsent.release();
        }
        door.forget(this);
    }
}
