package dev.kvorum.core.replication;

/**
 * Judges this machine's own pace by the time between its steps; a shell gives it at least a tick every 10 ms.
 *
 * <p>A process that has just started compiles its code and fills its caches, and on a busy machine stands still for
 * longer than peers wait. As a home it would end write after write as {@code unknown}, and one retry would meet the
 * next pause. So it is nobody's home until it has run for a while without a hitch. Who falls again soon waits twice as
 * long, up to a limit. Sources: slow start in load balancers; the damping of flapping routes (RFC 2439).
 */
final class WarmUp {

    static final int SHORTEST_MS = 1_000;
    static final int LONGEST_MS = 8_000;

    /** Who stood still for so long may have been replaced as a home; a little below what peers wait. */
    static final int FALL_MS = Links.SILENT_MS - 100;

    /** While it warms up, a pause of this length starts the wait anew. */
    static final int HITCH_MS = 200;

    /** A fall so long after the last one is the first of another kind. */
    static final int FORGIVEN_AFTER_MS = 60_000;

    private boolean begun;
    private long lastStepMs;
    private long lastFallMs;
    private long waitMs = SHORTEST_MS;
    private long steadyFromMs;

    /**
     * To be called at each step, before its input is taken.
     *
     * @return whether the machine stood still, so that others may have acted in its place: it {@link #fall falls}
     */
    boolean step(long nowMs) {
        long gapMs = nowMs - lastStepMs;
        boolean warm = isSteady();
        lastStepMs = nowMs;
        if (!begun) {
            begin(nowMs);
            return false;
        }
        if (gapMs >= HITCH_MS && !warm) {
            steadyFromMs = nowMs + waitMs;
        }
        return gapMs >= FALL_MS;
    }

    /** The machine may act from now on; what it did before proves nothing about how it will serve. */
    void begin(long nowMs) {
        begun = true;
        lastFallMs = nowMs;
        steadyFromMs = nowMs + waitMs;
    }

    /** The machine was replaced, or may have been. */
    void fall(long nowMs) {
        boolean again = nowMs - lastFallMs < FORGIVEN_AFTER_MS;
        waitMs = again ? Math.min(2 * waitMs, LONGEST_MS) : SHORTEST_MS;
        begin(nowMs);
    }

    /** When it last fell, or began. */
    long lastFallMs() {
        return lastFallMs;
    }

    boolean isSteady() {
        return lastStepMs >= steadyFromMs;
    }
}
