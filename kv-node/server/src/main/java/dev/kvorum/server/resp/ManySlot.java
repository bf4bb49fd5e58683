package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.server.door.ReplySink;
import org.jspecify.annotations.Nullable;

/** Waits for the answers to a command on several keys, each of which is a request of its own. */
final class ManySlot extends Slot {

    /** What the answers come to. */
    enum Total {
        /** A list of values. */
        VALUES,
        /** The number of keys with a live value, now or before the write. */
        LIVE,
        /** OK when all were written. */
        OK
    }

    private final RespConnection connection;
    private final Total total;
    private final long startNs;
    private final @Nullable ClientReply[] answers;
    private int open;

    ManySlot(RespConnection connection, Total total, int keys, long startNs) {
        this.connection = connection;
        this.total = total;
        this.startNs = startNs;
        this.answers = new @Nullable ClientReply[keys];
        this.open = keys;
    }

    /** The sink of the key at this position. */
    ReplySink sink(int position, Operation operation) {
        return reply -> {
            answers[position] = reply;
            open--;
            connection.answered(operation, reply, startNs);
        };
    }

    @Override
    boolean isDone() {
        return open == 0;
    }

    @Override
    void writeTo(RespWriter out) {
        ClientReply.Failed failure = failure();
        if (failure != null) {
            out.error(ErrorLines.of(failure));
            return;
        }
        switch (total) {
            case OK -> out.ok();
            case LIVE -> out.number(live());
            case VALUES -> {
                out.array(answers.length);
                for (ClientReply answer : answers) {
                    KeyShape.VALUE.write(object(answer), nowMs(answer), KeyShape.Met.YES, out);
                }
            }
        }
    }

    /**
     * The first failure, as one for the whole command: once any of its keys was written, nobody may say that nothing
     * was applied.
     */
    private ClientReply.@Nullable Failed failure() {
        ClientReply.Failed first = null;
        boolean applied = false;
        for (ClientReply answer : answers) {
            ClientReply.Failed failure = answer == null ? null : answer.failure();
            first = first == null ? failure : first;
            applied |=
                    answer instanceof ClientReply.Written || (failure != null && failure.outcome() == Outcome.UNKNOWN);
        }
        return first == null || !applied
                ? first
                : new ClientReply.Failed(first.code(), Outcome.UNKNOWN, first.detail(), first.retryAfterMs());
    }

    private int live() {
        int live = 0;
        for (ClientReply answer : answers) {
            live += object(answer).newest(nowMs(answer)) == null ? 0 : 1;
        }
        return live;
    }

    private static KvObject object(@Nullable ClientReply answer) {
        return switch (answer) {
            case ClientReply.Value value -> value.object();
            case ClientReply.Written written -> written.previous();
            case ClientReply.ConditionFailed failed -> failed.object();
            case ClientReply.Failed failed -> KvObject.ABSENT;
            case null -> KvObject.ABSENT;
        };
    }

    private static long nowMs(@Nullable ClientReply answer) {
        return switch (answer) {
            case ClientReply.Value value -> value.nowHlcMs();
            case ClientReply.Written written -> written.nowHlcMs();
            case ClientReply.ConditionFailed failed -> failed.nowHlcMs();
            case ClientReply.Failed failed -> 0;
            case null -> 0;
        };
    }
}
