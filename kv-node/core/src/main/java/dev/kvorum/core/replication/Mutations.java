package dev.kvorum.core.replication;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Hlc;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Limits;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import org.jspecify.annotations.Nullable;

/** Works out what a write makes of the object that it meets: the new object and the answer, or why there is none. */
final class Mutations {

    /** What became of the write. */
    sealed interface Result {
        record Written(KvObject object, ClientReply.Written reply) implements Result {}

        record ConditionFailed() implements Result {}

        record Refused(Failed failed) implements Result {}
    }

    private static final byte[] NOTHING = new byte[0];

    /** How far a context may be ahead of this node's clock; beyond that it was not made by a node of this cluster. */
    private static final long MAX_AHEAD_MS = 3_600_000L * 3;

    /** A thousand years; what is longer would overflow. */
    private static final long LONGEST_TTL_MS = 31_557_600_000L * 1_000;

    private final Surroundings here;

    Mutations(Surroundings here) {
        this.here = here;
    }

    /** Whether the write needs to know nothing about what it meets. */
    static boolean isUnconditional(Operation.Write operation) {
        return operation.condition() instanceof Condition.None
                && switch (operation) {
                    case Operation.Put put -> !(put.expiry() instanceof Expiry.Keep);
                    case Operation.Delete ignored -> true;
                    case Operation.Expire ignored -> false;
                };
    }

    Result apply(WriteOperation write) {
        long shownHlc = write.request.contextHlc();
        if (Hlc.millis(shownHlc) > here.wallMs() + MAX_AHEAD_MS) {
            return refused(ErrorCode.BAD_REQUEST, "context: its time is hours ahead of this cluster's");
        }
        long nowMs = here.nowHlcMs(shownHlc);
        Sibling current = write.base.newest(nowMs);
        if (!holds(write.operation.condition(), write.base, current) || isExpireOfNothing(write.operation, current)) {
            return new Result.ConditionFailed();
        }
        long hlc = here.nextHlc(Math.max(shownHlc, write.base.highestHlc()));
        Dot dot = nextDot(write);
        Sibling fresh = fresh(write.operation, current, dot, hlc);
        KvObject object = combine(write, current, fresh);
        Failed overLimit = overLimit(write, object);
        return overLimit != null ? new Result.Refused(overLimit) : written(write, object, fresh, nowMs);
    }

    /** A forged context may claim dots that this actor has yet to issue; such a key goes on under another actor. */
    private Dot nextDot(WriteOperation write) {
        Version context = write.request.context() == null ? Version.EMPTY : write.request.context();
        Dot dot = here.nextDot();
        while (!write.base.canIssue(dot, context)) {
            here.renewActor();
            dot = here.nextDot();
        }
        return dot;
    }

    private static boolean isExpireOfNothing(Operation.Write operation, @Nullable Sibling current) {
        return operation instanceof Operation.Expire && current == null;
    }

    private static boolean holds(Condition condition, KvObject base, @Nullable Sibling current) {
        return switch (condition) {
            case Condition.None() -> true;
            case Condition.Absent() -> current == null;
            case Condition.Present() -> current != null;
            case Condition.Matches(long digest) -> current != null && base.digest() == digest;
        };
    }

    private static Sibling fresh(Operation.Write operation, @Nullable Sibling current, Dot dot, long hlc) {
        return switch (operation) {
            case Operation.Put put ->
                new Sibling(
                        dot,
                        put.kind(),
                        put.contentType(),
                        expiresAtMs(put.expiry(), current, hlc),
                        hlc,
                        NOTHING,
                        put.value());
            case Operation.Delete ignored -> new Sibling(dot, Kind.TOMBSTONE, "", 0, hlc, NOTHING, NOTHING);
            case Operation.Expire expire -> again(java.util.Objects.requireNonNull(current), expire.expiry(), dot, hlc);
        };
    }

    private static Sibling again(Sibling current, Expiry expiry, Dot dot, long hlc) {
        return new Sibling(
                dot,
                current.kind(),
                current.contentType(),
                expiresAtMs(expiry, current, hlc),
                hlc,
                NOTHING,
                current.value());
    }

    /**
     * Zero means never; an instant that has passed already is kept, so that the value is a tombstone from the start.
     */
    private static long expiresAtMs(Expiry expiry, @Nullable Sibling current, long hlc) {
        return switch (expiry) {
            case Expiry.Never() -> 0;
            case Expiry.After(long ttlMs) -> Math.max(1, Hlc.millis(hlc) + Math.min(ttlMs, LONGEST_TTL_MS));
            case Expiry.At(long epochMs) -> Math.max(1, epochMs);
            case Expiry.Keep() -> current == null ? 0 : current.expiresAtMs();
        };
    }

    /** A change of expiry replaces the one value that it read; a put or delete what its context covers. */
    private KvObject combine(WriteOperation write, @Nullable Sibling current, Sibling fresh) {
        if (write.operation instanceof Operation.Expire && current != null) {
            return write.base.write(Version.EMPTY.withDot(current.dot()), fresh);
        }
        Version context = write.request.context();
        if (context == null) {
            return write.base.overwriteAll(fresh);
        }
        return write.base.write(
                here.config.has(ReplicationFlaw.CONTEXT_AS_PLAIN_VECTOR) ? asPlainVector(context, write) : context,
                fresh);
    }

    /** The planted mistake: claims every dot up to the highest of each actor that stands in the object. */
    private static Version asPlainVector(Version context, WriteOperation write) {
        Version vector = context;
        for (Sibling sibling : write.base.siblings()) {
            if (sibling.dot().sequence() < context.highest(sibling.dot().actor())) {
                vector = vector.withDot(sibling.dot());
            }
        }
        return vector;
    }

    /** The limits of what clients may write; merges are never refused for their siblings. */
    private static @Nullable Failed overLimit(WriteOperation write, KvObject object) {
        if (object.siblingCount() > Limits.SIBLINGS_MOST && object.siblingCount() > write.base.siblingCount()) {
            return Failed.notApplied(
                    ErrorCode.SIBLING_LIMIT,
                    "key has " + write.base.siblingCount() + " concurrent values: GET it and write with its context");
        }
        if (object.sizeBytes() > Limits.OBJECT_MOST_BYTES && object.sizeBytes() > write.base.sizeBytes()) {
            return Failed.notApplied(
                    ErrorCode.VALUE_TOO_LARGE,
                    "the concurrent values of this key exceed " + Limits.OBJECT_MOST_BYTES
                            + " bytes together: GET it and write with its context");
        }
        return null;
    }

    private Result written(WriteOperation write, KvObject object, Sibling fresh, long nowMs) {
        Version sent = write.request.context() == null ? Version.EMPTY : write.request.context();
        Version context = object.contextAfterWrite(sent, fresh.dot());
        return new Result.Written(
                object,
                new ClientReply.Written(
                        context,
                        Math.max(fresh.hlc(), write.request.contextHlc()),
                        object.digest(),
                        write.base,
                        nowMs,
                        new Achieved(
                                0,
                                0,
                                write.request.levels().durability(),
                                here.entry(write.shard).epoch(),
                                Achieved.Repair.NONE_NEEDED)));
    }

    private static Result refused(ErrorCode code, String detail) {
        return new Result.Refused(Failed.notApplied(code, detail));
    }
}
