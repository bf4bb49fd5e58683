package dev.kvorum.sim;

import dev.kvorum.core.consensus.ConsensusFlaw;
import dev.kvorum.core.replication.ReplicationFlaw;
import dev.kvorum.sim.group.GroupFlaws;
import dev.kvorum.sim.group.GroupShellFlaw;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.ShellFlaw;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Scores the simulator: plants one mistake at a time and reports the first seed that finds it. */
final class BugBench {

    private final Options options;
    private final PrintStream out;

    BugBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** All mistakes that there are to plant. */
    static List<Bug> planted() {
        List<Bug> planted = new ArrayList<>();
        for (ReplicationFlaw flaw : ReplicationFlaw.values()) {
            planted.add(new Bug(new Flaws(flaw, null, null), GroupFlaws.NONE));
        }
        for (ShellFlaw flaw : ShellFlaw.values()) {
            planted.add(new Bug(new Flaws(null, null, flaw), GroupFlaws.NONE));
        }
        for (ConsensusFlaw flaw : ConsensusFlaw.values()) {
            planted.add(new Bug(Flaws.NONE, new GroupFlaws(flaw, null)));
        }
        for (GroupShellFlaw flaw : GroupShellFlaw.values()) {
            planted.add(new Bug(Flaws.NONE, new GroupFlaws(null, flaw)));
        }
        return planted;
    }

    int run() {
        Stopwatch watch = new Stopwatch();
        Tally tally = new Tally();
        int missed = 0;
        for (Bug bug : planted()) {
            if (options.bug().isEmpty() || options.bug().equals(bug.toString())) {
                missed += find(bug, tally, watch) ? 0 : 1;
            }
        }
        out.println(tally.report(watch.elapsedMs()));
        return missed == 0 ? 0 : 1;
    }

    /** Tells whether it was found as often as asked; each further search begins after the seed that found it last. */
    private boolean find(Bug bug, Tally tally, Stopwatch watch) {
        List<Long> tries = new ArrayList<>();
        long begun = 0;
        for (long i = 0; i < options.seeds(); i++) {
            if (!Main.isTimeLeft(options, watch)) {
                out.println(bug + " not found " + options.catches() + " times in the time given: " + tries.size()
                        + " times in " + i + " seeds");
                return false;
            }
            Verdict verdict = run(bug, options.firstSeed() + i, tally);
            if (verdict.isFailure()) {
                tries.add(i + 1 - begun);
                begun = i + 1;
                if (tries.size() == options.catches()) {
                    report(bug, verdict, tries);
                    return true;
                }
            }
        }
        out.println(bug + " missed by " + options.seeds() + " seeds, found " + tries.size() + " times of "
                + options.catches());
        return false;
    }

    private Verdict run(Bug bug, long seed, Tally tally) {
        Verdict verdict = bug.run(seed, bug.scenarioOf(seed), Trail.silent());
        tally.add(verdict);
        return verdict;
    }

    private void report(Bug bug, Verdict verdict, List<Long> tries) {
        List<Long> sorted = tries.stream().sorted().toList();
        String median = sorted.size() == 1 ? "" : " (median " + sorted.get(sorted.size() / 2) + " seeds)";
        out.println(bug + " caught by seed " + verdict.seed() + " of "
                + bug.scenarioOf(verdict.seed()).word() + median + ": " + verdict.failure());
    }

    /** By turns: each mistake shows best under faults of its own. */
    static Scenario scenarioOf(long seed) {
        List<Scenario> scenarios = Scenario.ofData();
        return scenarios.get((int) (seed % scenarios.size()));
    }
}
