package dev.kvorum.server.resp;

import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Kind;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.NodeView;
import java.util.Arrays;

/** Commands that read and write values. Each key is a request of its own, so that keys may be in any slots. */
final class KeyCommands {

    static final Operation READ = new Operation.Read();
    static final Operation DELETE = new Operation.Delete(Condition.NONE);

    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final Condition ABSENT = new Condition.Absent();

    private final NodeView node;

    KeyCommands(NodeView node) {
        this.node = node;
    }

    /** The bucket that this door serves. */
    Founded.Bucket bucket() {
        Founded founded = node.founded();
        if (founded == null) {
            String reason = node.standing().reason();
            throw new Refusal(
                    "LOADING starting " + (reason == null ? "this node is not part of a cluster yet" : reason));
        }
        return founded.defaultBucket();
    }

    void get(RespConnection connection, Arguments arguments) {
        one(connection, arguments, READ, KeyShape.VALUE);
    }

    void strlen(RespConnection connection, Arguments arguments) {
        one(connection, arguments, READ, KeyShape.LENGTH);
    }

    void type(RespConnection connection, Arguments arguments) {
        one(connection, arguments, READ, KeyShape.TYPE);
    }

    void getdel(RespConnection connection, Arguments arguments) {
        one(connection, arguments, DELETE, KeyShape.VALUE);
    }

    void mget(RespConnection connection, Arguments arguments) {
        many(connection, arguments, READ, ManySlot.Total.VALUES);
    }

    void exists(RespConnection connection, Arguments arguments) {
        many(connection, arguments, READ, ManySlot.Total.LIVE);
    }

    void del(RespConnection connection, Arguments arguments) {
        many(connection, arguments, DELETE, ManySlot.Total.LIVE);
    }

    void set(RespConnection connection, Arguments arguments) {
        SetOptions options = SetOptions.of(arguments, 3);
        KeyShape shape = options.answersOld() ? KeyShape.VALUE : KeyShape.OK_OR_NULL;
        put(connection, arguments, 2, options.expiry(), options.condition(), shape);
    }

    void setnx(RespConnection connection, Arguments arguments) {
        put(connection, arguments, 2, Expiry.NEVER, ABSENT, KeyShape.ONE_IF_MET);
    }

    void setex(RespConnection connection, Arguments arguments) {
        Expiry expiry = Expiries.afterSeconds(arguments.number(2), "setex");
        put(connection, arguments, 3, expiry, Condition.NONE, KeyShape.OK_OR_NULL);
    }

    void psetex(RespConnection connection, Arguments arguments) {
        Expiry expiry = Expiries.afterMs(arguments.number(2), "psetex");
        put(connection, arguments, 3, expiry, Condition.NONE, KeyShape.OK_OR_NULL);
    }

    void getset(RespConnection connection, Arguments arguments) {
        put(connection, arguments, 2, Expiry.NEVER, Condition.NONE, KeyShape.VALUE);
    }

    void mset(RespConnection connection, Arguments arguments) {
        if (arguments.count() % 2 == 0) {
            throw new Refusal("ERR wrong number of arguments for 'mset' command");
        }
        Founded.Bucket bucket = bucket();
        byte[][] keys = new byte[arguments.count() / 2][];
        Operation[] writes = new Operation[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = arguments.key(2 * i + 1);
            byte[] value = arguments.value(2 * i + 2, keys[i].length);
            writes[i] = new Operation.Put(Kind.BYTES, CONTENT_TYPE, value, Expiry.NEVER, Condition.NONE);
        }
        submitAll(connection, bucket, keys, writes, ManySlot.Total.OK);
    }

    void one(RespConnection connection, Arguments arguments, Operation operation, KeyShape shape) {
        Founded.Bucket bucket = bucket();
        connection.submit(bucket, arguments.key(1), operation, shape);
    }

    /** Changes the value of a key to what it must be made of the one that is there. */
    void change(RespConnection connection, byte[] key, ChangeSlot.Change change) {
        connection.change(bucket(), key, change);
    }

    private void put(
            RespConnection connection,
            Arguments arguments,
            int valueAt,
            Expiry expiry,
            Condition condition,
            KeyShape shape) {
        Founded.Bucket bucket = bucket();
        byte[] key = arguments.key(1);
        byte[] value = arguments.value(valueAt, key.length);
        Operation put = new Operation.Put(Kind.BYTES, CONTENT_TYPE, value, expiry, condition);
        connection.submit(bucket, key, put, shape);
    }

    private void many(RespConnection connection, Arguments arguments, Operation operation, ManySlot.Total total) {
        Founded.Bucket bucket = bucket();
        byte[][] keys = new byte[arguments.count() - 1][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = arguments.key(i + 1);
        }
        Operation[] operations = new Operation[keys.length];
        Arrays.fill(operations, operation);
        submitAll(connection, bucket, keys, operations, total);
    }

    private static void submitAll(
            RespConnection connection,
            Founded.Bucket bucket,
            byte[][] keys,
            Operation[] operations,
            ManySlot.Total total) {
        ManySlot slot = connection.replyMany(total, keys.length);
        for (int i = 0; i < keys.length; i++) {
            connection.submit(bucket, keys[i], operations[i], slot.sink(i, operations[i]));
        }
    }
}
