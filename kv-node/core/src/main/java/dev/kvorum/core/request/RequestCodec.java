package dev.kvorum.core.request;

import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Version;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** The binary form of requests and replies, as they cross from the node that was asked to the coordinator and back. */
public final class RequestCodec {

    private static final int READ = 1;
    private static final int PUT = 2;
    private static final int DELETE = 3;
    private static final int EXPIRE = 4;

    private static final int VALUE = 1;
    private static final int WRITTEN = 2;
    private static final int CONDITION_FAILED = 3;
    private static final int FAILED = 4;

    private RequestCodec() {}

    public static void write(ClientRequest request, WireWriter out) {
        request.key().write(out);
        request.levels().write(out);
        out.putVar(request.timeoutMs());
        writeContext(request.context(), request.contextHlc(), out);
        switch (request.operation()) {
            case Operation.Read() -> out.putByte(READ);
            case Operation.Put put -> {
                out.putByte(PUT).putByte(put.kind().code()).putText(put.contentType());
                writeExpiry(put.expiry(), out);
                writeCondition(put.condition(), out);
                out.putBytes(put.value());
            }
            case Operation.Delete delete -> {
                out.putByte(DELETE);
                writeCondition(delete.condition(), out);
            }
            case Operation.Expire expire -> {
                out.putByte(EXPIRE);
                writeExpiry(expire.expiry(), out);
                writeCondition(expire.condition(), out);
            }
        }
    }

    public static ClientRequest readRequest(WireReader in) {
        Key key = Key.read(in);
        Levels levels = Levels.read(in);
        int timeoutMs = (int) in.getVar();
        Version context = in.getByte() == 0 ? null : Version.read(in);
        long contextHlc = in.getLong();
        return new ClientRequest(key, readOperation(in), levels, context, contextHlc, timeoutMs);
    }

    private static Operation readOperation(WireReader in) {
        int tag = in.getByte();
        return switch (tag) {
            case READ -> new Operation.Read();
            case PUT -> {
                Kind kind = Kind.of(in.getByte());
                String contentType = in.getText();
                Expiry expiry = readExpiry(in);
                Condition condition = readCondition(in);
                yield new Operation.Put(kind, contentType, in.getBytes(), expiry, condition);
            }
            case DELETE -> new Operation.Delete(readCondition(in));
            case EXPIRE -> {
                Expiry expiry = readExpiry(in);
                yield new Operation.Expire(expiry, readCondition(in));
            }
            default -> throw new MalformedException("operation " + tag);
        };
    }

    public static void write(ClientReply reply, WireWriter out) {
        switch (reply) {
            case ClientReply.Value value -> {
                out.putByte(VALUE).putBytes(value.object().encode()).putLong(value.nowHlcMs());
                writeAchieved(value.achieved(), out);
            }
            case ClientReply.Written written -> {
                out.putByte(WRITTEN);
                written.context().write(out);
                out.putLong(written.contextHlc())
                        .putLong(written.digest())
                        .putBytes(written.previous().encode())
                        .putLong(written.nowHlcMs());
                writeAchieved(written.achieved(), out);
            }
            case ClientReply.ConditionFailed failed -> {
                out.putByte(CONDITION_FAILED).putBytes(failed.object().encode()).putLong(failed.nowHlcMs());
                writeAchieved(failed.achieved(), out);
            }
            case ClientReply.Failed failed ->
                out.putByte(FAILED)
                        .putEnum(failed.code())
                        .putEnum(failed.outcome())
                        .putText(failed.detail())
                        .putVar(failed.retryAfterMs());
        }
    }

    public static ClientReply readReply(WireReader in) {
        int tag = in.getByte();
        return switch (tag) {
            case VALUE -> {
                KvObject object = KvObject.decode(in.getBytes());
                long nowHlcMs = in.getLong();
                yield new ClientReply.Value(object, nowHlcMs, readAchieved(in));
            }
            case WRITTEN -> {
                Version context = Version.read(in);
                long contextHlc = in.getLong();
                long digest = in.getLong();
                KvObject previous = KvObject.decode(in.getBytes());
                long nowHlcMs = in.getLong();
                yield new ClientReply.Written(context, contextHlc, digest, previous, nowHlcMs, readAchieved(in));
            }
            case CONDITION_FAILED -> {
                KvObject object = KvObject.decode(in.getBytes());
                long nowHlcMs = in.getLong();
                yield new ClientReply.ConditionFailed(object, nowHlcMs, readAchieved(in));
            }
            case FAILED -> {
                ErrorCode code = in.getEnum(ErrorCode.values());
                Outcome outcome = in.getEnum(Outcome.values());
                String detail = in.getText();
                yield new ClientReply.Failed(code, outcome, detail, (int) in.getVar());
            }
            default -> throw new MalformedException("reply " + tag);
        };
    }

    private static void writeContext(@Nullable Version context, long hlc, WireWriter out) {
        out.putByte(context == null ? 0 : 1);
        if (context != null) {
            context.write(out);
        }
        out.putLong(hlc);
    }

    private static void writeExpiry(Expiry expiry, WireWriter out) {
        switch (expiry) {
            case Expiry.Never() -> out.putByte(0);
            case Expiry.After(long ttlMs) -> out.putByte(1).putLong(ttlMs);
            case Expiry.At(long epochMs) -> out.putByte(2).putLong(epochMs);
            case Expiry.Keep() -> out.putByte(3);
        }
    }

    private static Expiry readExpiry(WireReader in) {
        int tag = in.getByte();
        return switch (tag) {
            case 0 -> Expiry.NEVER;
            case 1 -> new Expiry.After(in.getLong());
            case 2 -> new Expiry.At(in.getLong());
            case 3 -> new Expiry.Keep();
            default -> throw new MalformedException("expiry " + tag);
        };
    }

    private static void writeCondition(Condition condition, WireWriter out) {
        switch (condition) {
            case Condition.None() -> out.putByte(0);
            case Condition.Absent() -> out.putByte(1);
            case Condition.Present() -> out.putByte(2);
            case Condition.Matches(long digest) -> out.putByte(3).putLong(digest);
        }
    }

    private static Condition readCondition(WireReader in) {
        int tag = in.getByte();
        return switch (tag) {
            case 0 -> Condition.NONE;
            case 1 -> new Condition.Absent();
            case 2 -> new Condition.Present();
            case 3 -> new Condition.Matches(in.getLong());
            default -> throw new MalformedException("condition " + tag);
        };
    }

    private static void writeAchieved(Achieved achieved, WireWriter out) {
        out.putByte(achieved.replicas())
                .putByte(achieved.zones())
                .putEnum(achieved.durability())
                .putEnum(achieved.repair())
                .putVar(achieved.epoch());
    }

    private static Achieved readAchieved(WireReader in) {
        int replicas = in.getByte();
        int zones = in.getByte();
        Durability durability = in.getEnum(Durability.values());
        Achieved.Repair repair = in.getEnum(Achieved.Repair.values());
        return new Achieved(replicas, zones, durability, in.getVar(), repair);
    }
}
