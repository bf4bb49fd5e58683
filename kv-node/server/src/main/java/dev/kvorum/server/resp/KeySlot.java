package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Operation;
import dev.kvorum.server.door.ReplySink;
import org.jspecify.annotations.Nullable;

/** Waits for the answer to a command on one key. */
final class KeySlot extends Slot implements ReplySink {

    private final RespConnection connection;
    private final Operation operation;
    private final KeyShape shape;
    private final long startNs;
    private @Nullable ClientReply answer;

    KeySlot(RespConnection connection, Operation operation, KeyShape shape, long startNs) {
        this.connection = connection;
        this.operation = operation;
        this.shape = shape;
        this.startNs = startNs;
    }

    @Override
    public void reply(ClientReply reply) {
        answer = reply;
        connection.answered(operation, reply, startNs);
    }

    @Override
    boolean isDone() {
        return answer != null;
    }

    @Override
    void writeTo(RespWriter out) {
        switch (answer) {
            case null -> throw new IllegalStateException("a reply was written before it was known");
            case ClientReply.Failed failed -> out.error(ErrorLines.of(failed));
            case ClientReply.Value value -> shape.write(value.object(), value.nowHlcMs(), KeyShape.Met.YES, out);
            case ClientReply.Written written ->
                shape.write(written.previous(), written.nowHlcMs(), KeyShape.Met.YES, out);
            case ClientReply.ConditionFailed failed ->
                shape.write(failed.object(), failed.nowHlcMs(), KeyShape.Met.NO, out);
        }
    }
}
