package dev.kvorum.server.resp;

import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.server.resp.ChangeSlot.Decision;
import java.util.function.LongUnaryOperator;

/** Commands about when values expire. */
final class ExpiryCommands {

    private static final Condition PRESENT = new Condition.Present();
    private static final Operation PERSIST = new Operation.Expire(Expiry.NEVER, PRESENT);

    private final KeyCommands keys;

    ExpiryCommands(KeyCommands keys) {
        this.keys = keys;
    }

    void ttl(RespConnection connection, Arguments arguments) {
        keys.one(connection, arguments, KeyCommands.READ, KeyShape.TTL_SECONDS);
    }

    void pttl(RespConnection connection, Arguments arguments) {
        keys.one(connection, arguments, KeyCommands.READ, KeyShape.TTL_MS);
    }

    void expire(RespConnection connection, Arguments arguments) {
        after(connection, arguments, 1_000, "expire");
    }

    void pexpire(RespConnection connection, Arguments arguments) {
        after(connection, arguments, 1, "pexpire");
    }

    void expireAt(RespConnection connection, Arguments arguments) {
        at(connection, arguments, 1_000, "expireat");
    }

    void pexpireAt(RespConnection connection, Arguments arguments) {
        at(connection, arguments, 1, "pexpireat");
    }

    void persist(RespConnection connection, Arguments arguments) {
        keys.one(connection, arguments, PERSIST, KeyShape.ONE_IF_PERSISTED);
    }

    void getex(RespConnection connection, Arguments arguments) {
        if (arguments.count() == 2) {
            keys.get(connection, arguments);
            return;
        }
        String option = arguments.word(2);
        if (option.equals("persist") && arguments.count() == 3) {
            keys.one(connection, arguments, PERSIST, KeyShape.VALUE);
        } else if (arguments.count() == 4) {
            Expiry expiry = Expiries.named(option, arguments.number(3), "getex");
            keys.one(connection, arguments, new Operation.Expire(expiry, PRESENT), KeyShape.VALUE);
        } else {
            throw Refusal.syntax("GETEX takes one of EX, PX, EXAT and PXAT with a number, or PERSIST alone");
        }
    }

    private void after(RespConnection connection, Arguments arguments, int unitMs, String command) {
        long ms = ms(arguments, unitMs, command);
        ExpiryRule rule = ExpiryRule.of(arguments, 3);
        if (rule.isNone()) {
            set(connection, arguments, ms <= 0, new Expiry.After(Math.max(1, ms)));
        } else {
            setWhere(rule, connection, arguments, nowMs -> nowMs + ms);
        }
    }

    private void at(RespConnection connection, Arguments arguments, int unitMs, String command) {
        long ms = ms(arguments, unitMs, command);
        ExpiryRule rule = ExpiryRule.of(arguments, 3);
        if (rule.isNone()) {
            set(connection, arguments, ms <= 0, new Expiry.At(Math.max(1, ms)));
        } else {
            setWhere(rule, connection, arguments, nowMs -> ms);
        }
    }

    private void set(RespConnection connection, Arguments arguments, boolean past, Expiry expiry) {
        if (past) {
            keys.one(connection, arguments, KeyCommands.DELETE, KeyShape.ONE_IF_LIVE);
        } else {
            keys.one(connection, arguments, new Operation.Expire(expiry, PRESENT), KeyShape.ONE_IF_MET);
        }
    }

    private void setWhere(
            ExpiryRule rule, RespConnection connection, Arguments arguments, LongUnaryOperator instantAt) {
        keys.change(connection, arguments.key(1), (newest, nowMs, unchanged) -> {
            long instantMs = instantAt.applyAsLong(nowMs);
            if (newest == null || !rule.allows(newest.expiresAtMs(), instantMs)) {
                return new Decision.Answer(Reply.number(0));
            }
            Operation.Write write = instantMs <= nowMs
                    ? new Operation.Delete(unchanged)
                    : new Operation.Expire(new Expiry.At(instantMs), unchanged);
            return new Decision.Write(write, Reply.number(1));
        });
    }

    private static long ms(Arguments arguments, int unitMs, String command) {
        long number = arguments.number(2);
        if (Math.abs(number) > Expiries.MOST_MS / unitMs || number == Long.MIN_VALUE) {
            throw Expiries.invalid(number, command);
        }
        return number * unitMs;
    }
}
