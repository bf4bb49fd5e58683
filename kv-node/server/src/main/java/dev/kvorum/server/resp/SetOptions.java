package dev.kvorum.server.resp;

import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * What follows key and value in a {@code SET}: one of {@code EX PX EXAT PXAT KEEPTTL}, one of {@code NX XX}, and
 * {@code GET}.
 */
record SetOptions(Expiry expiry, Condition condition, boolean answersOld) {

    private static final SetOptions PLAIN = new SetOptions(Expiry.NEVER, Condition.NONE, false);
    private static final Expiry KEEP = new Expiry.Keep();

    static SetOptions of(Arguments arguments, int from) {
        if (arguments.count() == from) {
            return PLAIN;
        }
        Expiry expiry = null;
        Condition condition = null;
        boolean answersOld = false;
        for (int at = from; at < arguments.count(); at++) {
            String option = arguments.word(at);
            switch (option) {
                case "nx" -> condition = only(condition, new Condition.Absent());
                case "xx" -> condition = only(condition, new Condition.Present());
                case "get" -> answersOld = true;
                case "keepttl" -> expiry = only(expiry, KEEP);
                case "ex", "px", "exat", "pxat" -> expiry = only(expiry, expiry(option, arguments, ++at));
                default ->
                    throw Refusal.syntax("option " + arguments.shown(at)
                            + " is unknown; use EX, PX, EXAT, PXAT, KEEPTTL, NX, XX or GET");
            }
        }
        return new SetOptions(
                expiry == null ? Expiry.NEVER : expiry, condition == null ? Condition.NONE : condition, answersOld);
    }

    private static Expiry expiry(String option, Arguments arguments, int at) {
        if (at == arguments.count()) {
            throw Refusal.syntax("a number is missing after " + arguments.shown(at - 1));
        }
        return Expiries.named(option, arguments.number(at), "set");
    }

    private static <T> T only(@Nullable T before, T now) {
        if (before != null) {
            throw Refusal.syntax("only one of EX, PX, EXAT, PXAT and KEEPTTL, and only one of NX and XX, may be given");
        }
        return now;
    }
}
