package dev.kvorum.sim;

import dev.kvorum.sim.group.GroupFlaws;
import dev.kvorum.sim.group.GroupRun;
import dev.kvorum.sim.world.Trail;

/** One seed of a consensus group as a verdict. */
final class GroupSeed {

    private GroupSeed() {}

    static Verdict run(long seed, GroupFlaws flaws, Trail trail) {
        GroupRun run = new GroupRun(seed, flaws, trail);
        String failure = run.run();
        return new Verdict(seed, failure, trail.hash(), run.virtualMs(), run.answered(), trail.lines());
    }
}
