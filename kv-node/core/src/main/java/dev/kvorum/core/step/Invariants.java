package dev.kvorum.core.step;

import java.util.Locale;

/** Checks that are always on: a machine whose state is impossible must stop rather than answer. */
public final class Invariants {

    private Invariants() {}

    /**
     * Stops the machine unless {@code holds}.
     *
     * @throws InvariantViolation with the formatted message when the condition is false
     */
    public static void check(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new InvariantViolation(String.format(Locale.ROOT, message, arguments));
        }
    }
}
