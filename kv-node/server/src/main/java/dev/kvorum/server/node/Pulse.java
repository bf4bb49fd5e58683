package dev.kvorum.server.node;

/**
 * How an event loop is: when it turned last, and how late it was of late. A loop that a collection of garbage, a slow
 * call or a starved processor holds up is late, whatever the cause. {@link #beat} belongs to the loop's thread; the
 * questions are for any.
 */
final class Pulse {

    /** How often a loop that is well beats. */
    static final int BEAT_MS = 100;

    private static final long WINDOW_MS = 5_000;

    private final String name;
    private volatile long lastBeatMs;
    private volatile long windowFromMs;
    private volatile long longestMs;
    private volatile long longestBeforeMs;

    Pulse(String name, long nowMs) {
        this.name = name;
        this.lastBeatMs = nowMs;
        this.windowFromMs = nowMs;
    }

    String name() {
        return name;
    }

    void beat(long nowMs) {
        if (nowMs - windowFromMs >= WINDOW_MS) {
            longestBeforeMs = longestMs;
            longestMs = 0;
            windowFromMs = nowMs;
        }
        longestMs = Math.max(longestMs, nowMs - lastBeatMs - BEAT_MS);
        lastBeatMs = nowMs;
    }

    /** Forgets how late the loop was up to now. Called on the loop's thread. */
    void forget() {
        longestMs = 0;
        longestBeforeMs = 0;
    }

    /** For how long the loop has not turned. */
    long stillForMs(long nowMs) {
        return Math.max(0, nowMs - lastBeatMs);
    }

    /** By how much the loop was late at most, now and in the last 5 to 10 seconds. */
    long lagMs(long nowMs) {
        long nowLateMs = nowMs - lastBeatMs - BEAT_MS;
        return Math.max(0, Math.max(nowLateMs, Math.max(longestMs, longestBeforeMs)));
    }
}
