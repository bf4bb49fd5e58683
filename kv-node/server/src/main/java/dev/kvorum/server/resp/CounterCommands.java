package dev.kvorum.server.resp;

import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Limits;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.resp.ChangeSlot.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Commands that make a new value of the one that is there; its expiry stays. */
final class CounterCommands {

    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final Expiry KEEP = new Expiry.Keep();
    private static final Decision WRONG_TYPE = new Decision.Answer(Reply.error(ErrorLines.WRONG_TYPE));

    private final KeyCommands keys;

    CounterCommands(KeyCommands keys) {
        this.keys = keys;
    }

    void incr(RespConnection connection, Arguments arguments) {
        add(connection, arguments, 1);
    }

    void decr(RespConnection connection, Arguments arguments) {
        add(connection, arguments, -1);
    }

    void incrby(RespConnection connection, Arguments arguments) {
        add(connection, arguments, arguments.number(2));
    }

    void decrby(RespConnection connection, Arguments arguments) {
        long number = arguments.number(2);
        if (number == Long.MIN_VALUE) {
            throw new Refusal("ERR decrement would overflow");
        }
        add(connection, arguments, -number);
    }

    void append(RespConnection connection, Arguments arguments) {
        byte[] key = arguments.key(1);
        byte[] tail = arguments.value(2, key.length);
        int valueMost = Limits.ENTRY_MOST_BYTES - key.length;
        keys.change(connection, key, (newest, nowMs, unchanged) -> appended(newest, tail, valueMost, unchanged));
    }

    private static Decision appended(@Nullable Sibling newest, byte[] tail, int valueMost, Condition unchanged) {
        if (newest != null && !KeyShape.isText(newest)) {
            return WRONG_TYPE;
        }
        byte[] before = newest == null ? new byte[0] : newest.value();
        byte[] after = Arrays.copyOf(before, before.length + tail.length);
        System.arraycopy(tail, 0, after, before.length, tail.length);
        if (after.length > valueMost) {
            return new Decision.Answer(Reply.error("ERR value_too_large the value would have " + after.length
                    + " bytes; beside this key it has at most " + valueMost));
        }
        // What was JSON need not be after it.
        String contentType = newest != null && newest.kind() == Kind.BYTES ? newest.contentType() : CONTENT_TYPE;
        return new Decision.Write(
                new Operation.Put(Kind.BYTES, contentType, after, KEEP, unchanged), Reply.number(after.length));
    }

    private void add(RespConnection connection, Arguments arguments, long number) {
        keys.change(connection, arguments.key(1), (newest, nowMs, unchanged) -> added(newest, number, unchanged));
    }

    private static Decision added(@Nullable Sibling newest, long number, Condition unchanged) {
        if (newest != null && !KeyShape.isText(newest)) {
            return WRONG_TYPE;
        }
        long before;
        try {
            before = newest == null ? 0 : number(newest.value());
        } catch (NumberFormatException noNumber) {
            return new Decision.Answer(
                    Reply.error("ERR value is not an integer or out of range: the key holds other text"));
        }
        long after = before + number;
        if (((before ^ after) & (number ^ after)) < 0) {
            return new Decision.Answer(Reply.error("ERR increment or decrement would overflow"));
        }
        Kind kind = newest == null ? Kind.BYTES : newest.kind();
        String contentType = newest == null ? CONTENT_TYPE : newest.contentType();
        byte[] digits = Long.toString(after).getBytes(StandardCharsets.US_ASCII);
        return new Decision.Write(new Operation.Put(kind, contentType, digits, KEEP, unchanged), Reply.number(after));
    }

    /** A number only as it would be written here: no blanks, plus signs or leading zeros. */
    private static long number(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        long number = Long.parseLong(text);
        if (!Long.toString(number).equals(text)) {
            throw new NumberFormatException(text);
        }
        return number;
    }
}
