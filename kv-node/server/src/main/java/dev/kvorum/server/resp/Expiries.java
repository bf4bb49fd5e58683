package dev.kvorum.server.resp;

import dev.kvorum.core.request.Expiry;

/** Reads expiries from numbers that clients send. */
final class Expiries {

    /** Far beyond any use, and far below any overflow. */
    static final long MOST_MS = 1L << 47;

    private Expiries() {}

    /** The option {@code ex}, {@code px}, {@code exat} or {@code pxat}. */
    static Expiry named(String option, long number, String command) {
        return switch (option) {
            case "ex" -> afterSeconds(number, command);
            case "px" -> afterMs(number, command);
            case "exat" -> new Expiry.At(checked(number, 1_000, command));
            case "pxat" -> new Expiry.At(checked(number, 1, command));
            default -> throw Refusal.syntax("option " + option + " is unknown; use EX, PX, EXAT, PXAT or PERSIST");
        };
    }

    static Expiry afterSeconds(long seconds, String command) {
        return new Expiry.After(checked(seconds, 1_000, command));
    }

    static Expiry afterMs(long ms, String command) {
        return new Expiry.After(checked(ms, 1, command));
    }

    private static long checked(long number, int unitMs, String command) {
        if (number <= 0 || number > MOST_MS / unitMs) {
            throw invalid(number, command);
        }
        return number * unitMs;
    }

    static Refusal invalid(long number, String command) {
        return new Refusal("ERR invalid expire time in '" + command + "' command: " + number);
    }
}
