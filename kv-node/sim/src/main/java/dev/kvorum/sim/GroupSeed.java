package dev.kvorum.sim;

import dev.kvorum.sim.authority.AuthorityRun;
import dev.kvorum.sim.group.GroupRun;
import dev.kvorum.sim.world.Trail;

/** One seed of a consensus group, or of an authority, as a verdict. */
final class GroupSeed {

    private GroupSeed() {}

    static Verdict run(long seed, GroupRun run, Trail trail) {
        String failure = run.run();
        return new Verdict(seed, failure, trail.hash(), run.virtualMs(), run.answered(), trail.lines());
    }

    static Verdict run(long seed, AuthorityRun run, Trail trail) {
        String failure = run.run();
        return new Verdict(seed, failure, trail.hash(), run.virtualMs(), run.answered(), trail.lines());
    }
}
