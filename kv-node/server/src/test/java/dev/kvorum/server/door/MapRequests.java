package dev.kvorum.server.door;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Hlc;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One replica of everything, in a map. It answers within the call, or, when told to hold, as soon as it is released:
 * newest request first, so that replies come in the wrong order.
 */
public final class MapRequests implements Requests {

    private static final byte[] NO_ID = {};

    private final Map<Key, KvObject> objects = new HashMap<>();
    private final Deque<Runnable> heldBack = new ArrayDeque<>();
    private Function<ClientRequest, ClientReply.@Nullable Failed> failing = request -> null;
    private Runnable afterRead = () -> {};
    private @Nullable ClientRequest last;
    private boolean holding;
    private long sequence;
    private long lastHlc;
    private long offsetMs;

    @Override
    public void submit(ClientRequest request, ReplySink sink) {
        last = request;
        if (holding) {
            heldBack.push(() -> sink.reply(answer(request)));
        } else {
            sink.reply(answer(request));
        }
    }

    /** Keeps what is submitted from now on. */
    public void hold() {
        holding = true;
    }

    /** Answers all that was kept, the newest first. */
    public void release() {
        holding = false;
        while (!heldBack.isEmpty()) {
            heldBack.pop().run();
        }
    }

    public int held() {
        return heldBack.size();
    }

    /** Lets requests fail for which this returns a failure. */
    public void failWhen(Function<ClientRequest, ClientReply.@Nullable Failed> rule) {
        failing = rule;
    }

    /** Moves the clock by which values expire. */
    public void passMs(long ms) {
        offsetMs += ms;
    }

    /** Lets two writers who have not seen each other leave a value each. */
    public void putConcurrently(Key key, Operation.Put put) {
        Sibling ours = sibling(put, nowMs(), KvObject.ABSENT);
        Sibling theirs = ours.restamped(new Dot(ours.dot().sequence() << 32, 1), ours.hlc());
        objects.merge(key, KvObject.ABSENT.write(Version.EMPTY, theirs), KvObject::merge);
    }

    /** Lets this happen after each read, before its answer is acted upon. */
    public void afterRead(Runnable event) {
        afterRead = event;
    }

    /** Writes a value as another client would. */
    public void put(Key key, byte[] value) {
        Operation.Put put = new Operation.Put(Kind.BYTES, "text/plain", value, Expiry.NEVER, Condition.NONE);
        KvObject before = objects.getOrDefault(key, KvObject.ABSENT);
        objects.put(key, before.overwriteAll(sibling(put, nowMs(), before)));
    }

    public @Nullable ClientRequest last() {
        return last;
    }

    private ClientReply answer(ClientRequest request) {
        ClientReply.Failed failure = failing.apply(request);
        if (failure != null) {
            return failure;
        }
        KvObject before = objects.getOrDefault(request.key(), KvObject.ABSENT);
        long nowMs = nowMs();
        Achieved achieved = new Achieved(
                request.levels().write(), 1, request.levels().durability(), 1, Achieved.Repair.NONE_NEEDED);
        return switch (request.operation()) {
            case Operation.Read read -> {
                afterRead.run();
                yield new ClientReply.Value(before, nowMs, achieved);
            }
            case Operation.Write write
            when !holds(write.condition(), before, nowMs) -> new ClientReply.ConditionFailed(before, nowMs, achieved);
            case Operation.Write write -> written(request, write, before, nowMs, achieved);
        };
    }

    private ClientReply written(
            ClientRequest request, Operation.Write write, KvObject before, long nowMs, Achieved achieved) {
        Sibling fresh = sibling(write, nowMs, before);
        Version context = request.context();
        KvObject after = context == null ? before.overwriteAll(fresh) : before.write(context, fresh);
        objects.put(request.key(), after);
        Version shown = after.contextAfterWrite(context == null ? Version.EMPTY : context, fresh.dot());
        return new ClientReply.Written(shown, fresh.hlc(), after.digest(), before, nowMs, achieved);
    }

    private static boolean holds(Condition condition, KvObject object, long nowMs) {
        return switch (condition) {
            case Condition.None none -> true;
            case Condition.Absent absent -> object.newest(nowMs) == null;
            case Condition.Present present -> object.newest(nowMs) != null;
            case Condition.Matches matches -> object.newest(nowMs) != null && object.digest() == matches.digest();
        };
    }

    private Sibling sibling(Operation.Write write, long nowMs, KvObject before) {
        Dot dot = new Dot(7, ++sequence);
        lastHlc = Hlc.next(nowMs, lastHlc);
        Sibling newest = before.newest(nowMs);
        return switch (write) {
            case Operation.Delete delete -> Sibling.tombstone(dot, lastHlc, NO_ID);
            case Operation.Put put -> {
                long expiresAtMs = expiresAtMs(put.expiry(), nowMs, newest);
                yield new Sibling(dot, put.kind(), put.contentType(), expiresAtMs, lastHlc, NO_ID, put.value());
            }
            case Operation.Expire expire when newest == null -> Sibling.tombstone(dot, lastHlc, NO_ID);
            case Operation.Expire expire -> {
                long expiresAtMs = expiresAtMs(expire.expiry(), nowMs, newest);
                yield new Sibling(
                        dot, newest.kind(), newest.contentType(), expiresAtMs, lastHlc, NO_ID, newest.value());
            }
        };
    }

    private static long expiresAtMs(Expiry expiry, long nowMs, @Nullable Sibling before) {
        return switch (expiry) {
            case Expiry.Never never -> 0;
            case Expiry.After after -> nowMs + after.ttlMs();
            case Expiry.At at -> at.epochMs();
            case Expiry.Keep keep -> before == null ? 0 : before.expiresAtMs();
        };
    }

    private long nowMs() {
        return System.currentTimeMillis() + offsetMs;
    }
}
