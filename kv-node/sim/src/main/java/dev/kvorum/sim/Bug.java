package dev.kvorum.sim;

import dev.kvorum.sim.group.GroupFlaws;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;

/** A run of one seed, of whichever kind its scenario is; with at most one planted mistake. */
record Bug(Flaws flaws, GroupFlaws group) {

    static final Bug NONE = new Bug(Flaws.NONE, GroupFlaws.NONE);

    Verdict run(long seed, Scenario scenario, Trail trail) {
        return scenario == Scenario.CONSENSUS
                ? GroupSeed.run(seed, group, trail)
                : new SeedRun(seed, scenario, flaws, trail).run();
    }

    /** Under which faults it is looked for: by turns, since each mistake shows best under its own. */
    Scenario scenarioOf(long seed) {
        return group.equals(GroupFlaws.NONE) ? BugBench.scenarioOf(seed) : Scenario.CONSENSUS;
    }

    @Override
    public String toString() {
        return group.equals(GroupFlaws.NONE) ? flaws.toString() : group.toString();
    }
}
