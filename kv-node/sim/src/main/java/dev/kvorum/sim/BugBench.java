package dev.kvorum.sim;

import dev.kvorum.core.replication.ReplicationFlaw;
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
    static List<Flaws> planted() {
        List<Flaws> planted = new ArrayList<>();
        for (ReplicationFlaw flaw : ReplicationFlaw.values()) {
            planted.add(new Flaws(flaw, null, null));
        }
        for (ShellFlaw flaw : ShellFlaw.values()) {
            planted.add(new Flaws(null, null, flaw));
        }
        return planted;
    }

    int run() {
        Stopwatch watch = new Stopwatch();
        Tally tally = new Tally();
        int missed = 0;
        for (Flaws flaws : planted()) {
            if (options.bug().isEmpty() || options.bug().equals(flaws.toString())) {
                missed += find(flaws, tally, watch) ? 0 : 1;
            }
        }
        out.println(tally.report(watch.elapsedMs()));
        return missed == 0 ? 0 : 1;
    }

    private boolean find(Flaws flaws, Tally tally, Stopwatch watch) {
        for (long i = 0; i < options.seeds(); i++) {
            if (!Main.isTimeLeft(options, watch)) {
                out.println(flaws + " not found in the time given, after " + i + " seeds");
                return false;
            }
            long seed = options.firstSeed() + i;
            Verdict verdict = new SeedRun(seed, scenarioOf(seed), flaws, Trail.silent()).run();
            tally.add(verdict);
            if (verdict.isFailure()) {
                out.println(flaws + " caught by seed " + seed + " of "
                        + scenarioOf(seed).word() + ": " + verdict.failure());
                return true;
            }
        }
        out.println(flaws + " missed by " + options.seeds() + " seeds");
        return false;
    }

    /** By turns: each mistake shows best under faults of its own. */
    static Scenario scenarioOf(long seed) {
        Scenario[] scenarios = Scenario.values();
        return scenarios[(int) (seed % scenarios.length)];
    }
}
