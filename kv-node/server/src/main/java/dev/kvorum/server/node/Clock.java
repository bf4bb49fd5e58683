package dev.kvorum.server.node;

/** The two clocks of a node. */
final class Clock {

    private Clock() {}

    /** Monotonic, from an arbitrary zero. */
    static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    /** Milliseconds since 1970; may jump. */
    static long wallMs() {
        return System.currentTimeMillis();
    }
}
