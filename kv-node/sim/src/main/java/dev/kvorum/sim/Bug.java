package dev.kvorum.sim;

import dev.kvorum.core.replication.ReplicationFlaw;
import dev.kvorum.sim.group.GroupFlaws;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.ShellFlaw;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;
import java.util.List;

/** A run of one seed, of whichever kind its scenario is; with at most one planted mistake. */
record Bug(Flaws flaws, GroupFlaws group) {

    /** Mistakes that show only where rows change. */
    private static final List<ReplicationFlaw> OF_ROWS = List.of(
            ReplicationFlaw.INCOMPLETE_VOTES,
            ReplicationFlaw.INCOMPLETE_HOME,
            ReplicationFlaw.TAKE_OVER_COUNTS_INCOMPLETE,
            ReplicationFlaw.SETTLED_AT_ONCE,
            ReplicationFlaw.EQUAL_EPOCH_IGNORED,
            ReplicationFlaw.FORMER_ACKS_COUNT,
            ReplicationFlaw.LOSS_UNNOTICED,
            ReplicationFlaw.FALLEN_LEVEL_UNNOTICED,
            ReplicationFlaw.HELD_BY_INCOMPLETE);

    static final Bug NONE = new Bug(Flaws.NONE, GroupFlaws.NONE);

    Verdict run(long seed, Scenario scenario, Trail trail) {
        return scenario == Scenario.CONSENSUS
                ? GroupSeed.run(seed, group, trail)
                : new SeedRun(seed, scenario, flaws, trail).run();
    }

    /** Under which faults it is looked for: by turns, since each mistake shows best under its own. */
    Scenario scenarioOf(long seed) {
        if (!group.equals(GroupFlaws.NONE)) {
            return Scenario.CONSENSUS;
        }
        boolean isOfRows = flaws.replication() == null
                ? flaws.shell() == ShellFlaw.NEW_VOLUME_UNDER_OLD_ROWS
                : OF_ROWS.contains(flaws.replication());
        return isOfRows ? Scenario.ROWS : BugBench.scenarioOf(seed);
    }

    @Override
    public String toString() {
        return group.equals(GroupFlaws.NONE) ? flaws.toString() : group.toString();
    }
}
