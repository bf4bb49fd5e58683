package dev.kvorum.sim.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An invariant does not hold; the message begins with its number. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }

    static void unless(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new Violation(String.format(Locale.ROOT, message, arguments));
        }
    }
}
