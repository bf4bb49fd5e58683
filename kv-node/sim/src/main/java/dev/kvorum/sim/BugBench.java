package dev.kvorum.sim;

import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Trail;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores the simulator: plants one mistake at a time and reports the first seed that finds it. */
final class BugBench {

    private final Options options;
    private final PrintStream out;
    private final List<Long> taken = new ArrayList<>();
    private int planted;
    private int caught;

    BugBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    int run() {
        Stopwatch watch = new Stopwatch();
        Tally tally = new Tally();
        for (Bug bug : Bug.planted()) {
            if (options.bug().isEmpty() || options.bug().equals(bug.toString())) {
                planted++;
                caught += find(bug, tally, watch) ? 1 : 0;
            }
        }
        out.println(String.format(
                Locale.ROOT,
                "planted=%d caught=%d share=%d%% median_seeds=%d most_seeds=%d",
                planted,
                caught,
                100 * caught / Math.max(1, planted),
                medianOf(taken),
                taken.stream().mapToLong(Long::longValue).max().orElse(0)));
        out.println(tally.report(watch.elapsedMs()));
        return caught == planted ? 0 : 1;
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
                taken.add(i + 1 - begun);
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
        out.println(bug + " caught by seed " + verdict.seed() + " of "
                + bug.scenarioOf(verdict.seed()).word() + " (median " + medianOf(tries) + " seeds): "
                + verdict.failure());
    }

    private static long medianOf(List<Long> counts) {
        List<Long> sorted = counts.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** By turns: each mistake shows best under faults of its own. */
    static Scenario scenarioOf(long seed) {
        List<Scenario> scenarios = Scenario.ofData();
        return scenarios.get((int) (seed % scenarios.size()));
    }
}
