package dev.kvorum.sim.world;

/** What a node takes for the time of day: wrong by an offset, by a drift, and now and then by a jump. */
public final class WallClock {

    private static final long STARTED_MS = 1_767_225_600_000L;

    private final int driftPerMillion;
    private long offsetMs;

    WallClock(long offsetMs, int driftPerMillion) {
        this.offsetMs = offsetMs;
        this.driftPerMillion = driftPerMillion;
    }

    long wallMs(long nowMs) {
        return STARTED_MS + nowMs + offsetMs + nowMs * driftPerMillion / 1_000_000;
    }

    public void jump(long byMs) {
        offsetMs += byMs;
    }

    /** Sets the clock right, as a time daemon would. */
    public void correct() {
        offsetMs = 0;
    }
}
