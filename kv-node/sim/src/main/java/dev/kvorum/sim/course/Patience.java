package dev.kvorum.sim.course;

import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Schedule;
import java.util.function.BooleanSupplier;

/** Lets virtual time pass until something holds: what was healed has to be well within its time. */
public final class Patience {

    private final Schedule schedule;
    private final long limitUs;
    private final long sinceUs;
    private final Action atTheEnd;

    /**
     * Its time begins now.
     *
     * @param atTheEnd tells people what they need to find what hangs
     */
    public Patience(Schedule schedule, long limitUs, Action atTheEnd) {
        this.schedule = schedule;
        this.limitUs = limitUs;
        this.sinceUs = schedule.nowUs();
        this.atTheEnd = atTheEnd;
    }

    /**
     * Looks again after each step.
     *
     * @throws Violation when it still does not hold at the end of the time
     */
    public void until(String what, long stepUs, BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            if (schedule.nowUs() - sinceUs >= limitUs) {
                atTheEnd.run();
                throw new Violation("liveness: not within " + limitUs / 1_000_000 + " s of healing: " + what);
            }
            schedule.runUntil(schedule.nowUs() + stepUs);
        }
    }
}
