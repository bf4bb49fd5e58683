package dev.kvorum.sim;

import dev.kvorum.core.authority.AuthorityFlaw;
import dev.kvorum.core.consensus.ConsensusFlaw;
import dev.kvorum.core.replication.ReplicationFlaw;
import dev.kvorum.sim.authority.AuthorityRun;
import dev.kvorum.sim.course.Course;
import dev.kvorum.sim.group.GroupFlaws;
import dev.kvorum.sim.group.GroupRun;
import dev.kvorum.sim.group.GroupShellFlaw;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.ShellFlaw;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of one seed, of whichever kind its scenario is; with at most one planted mistake. */
record Bug(Flaws flaws, GroupFlaws group, @Nullable AuthorityFlaw authority) {

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

    static final Bug NONE = new Bug(Flaws.NONE, GroupFlaws.NONE, null);

    /** All mistakes that there are to plant. */
    static List<Bug> planted() {
        List<Bug> planted = new ArrayList<>();
        for (ReplicationFlaw flaw : ReplicationFlaw.values()) {
            planted.add(new Bug(new Flaws(flaw, null, null), GroupFlaws.NONE, null));
        }
        for (ShellFlaw flaw : ShellFlaw.values()) {
            planted.add(new Bug(new Flaws(null, null, flaw), GroupFlaws.NONE, null));
        }
        for (ConsensusFlaw flaw : ConsensusFlaw.values()) {
            planted.add(new Bug(Flaws.NONE, new GroupFlaws(flaw, null), null));
        }
        for (GroupShellFlaw flaw : GroupShellFlaw.values()) {
            planted.add(new Bug(Flaws.NONE, new GroupFlaws(null, flaw), null));
        }
        for (AuthorityFlaw flaw : AuthorityFlaw.values()) {
            planted.add(new Bug(Flaws.NONE, GroupFlaws.NONE, flaw));
        }
        return planted;
    }

    Verdict run(long seed, Scenario scenario, Trail trail) {
        return Verdict.of(seed, course(seed, scenario, trail), trail);
    }

    private Course course(long seed, Scenario scenario, Trail trail) {
        return switch (scenario) {
            case CONSENSUS -> GroupRun.consensus(seed, group, trail);
            case ADVERSARY -> GroupRun.adversary(seed, group, trail);
            case AUTHORITY -> new AuthorityRun(seed, authority, trail);
            case CALM, CRASH, RESTART, COLD, PARTITION, PAUSE, DISK, CLOCK, FENCING, SWARM, ROWS ->
                new SeedRun(seed, scenario, flaws, trail);
        };
    }

    /** Under which faults it is looked for: by turns, since each mistake shows best under its own. */
    Scenario scenarioOf(long seed) {
        if (authority != null) {
            return Scenario.AUTHORITY;
        }
        if (!group.equals(GroupFlaws.NONE)) {
            return seed % 2 == 0 ? Scenario.CONSENSUS : Scenario.ADVERSARY;
        }
        boolean isOfRows = flaws.replication() == null
                ? flaws.shell() == ShellFlaw.NEW_VOLUME_UNDER_OLD_ROWS
                : OF_ROWS.contains(flaws.replication());
        return isOfRows ? Scenario.ROWS : BugBench.scenarioOf(seed);
    }

    @Override
    public String toString() {
        if (authority != null) {
            return "authority." + authority;
        }
        return group.equals(GroupFlaws.NONE) ? flaws.toString() : group.toString();
    }
}
