package dev.kvorum.core.node;

/**
 * How long the frames of one link were on their way, without two clocks that agree: what lies between sending and
 * receiving beyond the least that was seen of late. The clocks need only run at about the same speed; the least is
 * forgotten after one to two minutes, so that what they drift apart does not add up.
 */
final class LinkAge {

    private static final long WINDOW_MS = 60_000;

    private long windowFromMs;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;

    /**
     * The age of a frame.
     *
     * @param sentMs by the sender's monotonic clock
     * @param nowMs by the receiver's
     */
    long ageMs(long sentMs, long nowMs) {
        if (least == Long.MAX_VALUE || nowMs - windowFromMs >= WINDOW_MS) {
            leastBefore = least;
            least = Long.MAX_VALUE;
            windowFromMs = nowMs;
        }
        long apart = nowMs - sentMs;
        least = Math.min(least, apart);
        return apart - Math.min(least, leastBefore);
    }
}
