package dev.kvorum.sim.course;

import dev.kvorum.core.step.InvariantViolation;
import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Schedule;
import dev.kvorum.sim.world.Trail;
import org.jspecify.annotations.Nullable;

/** One seed from its first draw to its verdict. */
public interface Course {

    /** Runs it; tells in words what was wrong first, or null. */
    @Nullable
    String run();

    /** How much time has passed in it. */
    long virtualMs();

    /** Requests of clients that were answered. */
    int answered();

    /** Runs all of it up to the first thing that is wrong, and leaves its length in the trail. */
    static @Nullable String failureOf(Action whole, Schedule schedule, Trail trail) {
        String failure = failureOf(whole);
        trail.mix(schedule.nowUs());
        trail.mix(schedule.steps());
        return failure;
    }

    private static @Nullable String failureOf(Action whole) {
        try {
            whole.run();
            return null;
        } catch (Violation violation) {
            return violation.getMessage();
        } catch (InvariantViolation stopped) {
            return "a machine stopped: " + stopped.getMessage();
        } catch (RuntimeException broken) {
            return "broken: " + broken + " at " + broken.getStackTrace()[0];
        }
    }
}
