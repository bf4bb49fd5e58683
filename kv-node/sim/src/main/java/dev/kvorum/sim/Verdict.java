package dev.kvorum.sim;

import dev.kvorum.sim.course.Course;
import dev.kvorum.sim.world.Trail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one seed went.
 *
 * @param failure what was wrong; null when nothing was
 * @param hash over everything that happened
 * @param virtualMs how much time passed in the cluster
 * @param succeeded requests that were carried out
 * @param trail the last lines, where they were asked for
 */
record Verdict(long seed, @Nullable String failure, long hash, long virtualMs, int succeeded, List<String> trail) {

    static Verdict of(long seed, Course course, Trail trail) {
        String failure = course.run();
        return new Verdict(seed, failure, trail.hash(), course.virtualMs(), course.answered(), trail.lines());
    }

    boolean isFailure() {
        return failure != null;
    }
}
