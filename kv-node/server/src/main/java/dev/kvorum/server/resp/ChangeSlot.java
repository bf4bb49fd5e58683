package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.ReplySink;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the answer to a command that must know the value that it changes. It reads the value, decides, and writes
 * under the condition, checked by the home, that nobody wrote in between; when somebody did, it decides anew on what
 * the home had then. So one command at a time changes a key, as exclusively as {@code SET NX}.
 */
final class ChangeSlot extends Slot implements ReplySink {

    private static final Condition ABSENT = new Condition.Absent();

    /** What a command makes of the value that it meets. */
    @FunctionalInterface
    interface Change {
        /**
         * Decides what to write, or what to answer without a write.
         *
         * @param newest the live value, or null
         * @param unchanged the condition of any write
         */
        Decision decide(@Nullable Sibling newest, long nowMs, Condition unchanged);
    }

    /** What is to be done. */
    sealed interface Decision {

        /** Nothing is written. */
        record Answer(Reply reply) implements Decision {}

        /** This is written, and then answered. */
        record Write(Operation.Write operation, Reply reply) implements Decision {}
    }

    private final RespConnection connection;
    private final Founded.Bucket bucket;
    private final Key key;
    private final Change change;
    private final long startNs;
    private final long deadlineMs;
    private Operation operation = KeyCommands.READ;
    private @Nullable Reply whenWritten;
    private @Nullable Reply answer;

    ChangeSlot(RespConnection connection, Founded.Bucket bucket, byte[] key, Change change, long startNs) {
        this.connection = connection;
        this.bucket = bucket;
        this.key = new Key(bucket.number(), key);
        this.change = change;
        this.startNs = startNs;
        this.deadlineMs = connection.door().nowMs() + connection.door().config().requestTimeoutMs();
    }

    /** Waits until no other command of this loop changes the key, and begins. */
    void begin() {
        connection.door().turns().take(key, () -> submit(KeyCommands.READ));
    }

    private void submit(Operation next) {
        operation = next;
        long remainingMs = deadlineMs - connection.door().nowMs();
        if (remainingMs <= 0) {
            reply(ClientReply.Failed.notApplied(
                    ErrorCode.TIMEOUT, "others wrote this key again and again, or waited for it: try again"));
            return;
        }
        connection
                .door()
                .requests()
                .submit(new ClientRequest(key, next, bucket.levels(), null, 0, (int) remainingMs), this);
    }

    @Override
    public void reply(ClientReply reply) {
        switch (reply) {
            case ClientReply.Value value -> onObject(reply, value.object(), value.nowHlcMs());
            case ClientReply.ConditionFailed failed -> onObject(reply, failed.object(), failed.nowHlcMs());
            case ClientReply.Written written -> end(reply, whenWritten == null ? Reply.OK : whenWritten);
            case ClientReply.Failed failed -> end(reply, Reply.error(ErrorLines.of(failed)));
        }
    }

    private void onObject(ClientReply reply, KvObject object, long nowMs) {
        Sibling newest = object.newest(nowMs);
        Condition unchanged = newest == null ? ABSENT : new Condition.Matches(object.digest());
        switch (change.decide(newest, nowMs, unchanged)) {
            case Decision.Answer(Reply known) -> end(reply, known);
            case Decision.Write(Operation.Write write, Reply known) -> {
                whenWritten = known;
                submit(write);
            }
        }
    }

    private void end(ClientReply reply, Reply known) {
        answer = known;
        connection.door().turns().pass(key);
        connection.answered(operation, reply, startNs);
    }

    @Override
    boolean isDone() {
        return answer != null;
    }

    @Override
    void writeTo(RespWriter out) {
        if (answer != null) {
            answer.writeTo(out);
        }
    }
}
