package dev.kvorum.server.door;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a node is, and why it is not further.
 *
 * @param reason for people: what it waits for, or the damaged file when fenced; null when there is nothing to say
 */
public record Standing(State state, @Nullable String reason) {

    /** The steps of a node's life. */
    public enum State {
        /** The process is up, the store is not open yet. */
        STARTING,
        /** Has its ids, waits for the founding document. */
        EMPTY,
        /** Belongs to a cluster and catches up; casts no vote yet. */
        RECOVERING,
        /** Serves. */
        READY,
        /** Keeps out of everything because its data may not be trusted. */
        FENCED,
        /** Finishes what is in flight before it stops. */
        DRAINING;

        /** The word used at the doors. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Standing of(State state) {
        return new Standing(state, null);
    }

    public static Standing because(State state, String reason) {
        return new Standing(state, reason);
    }
}
