package dev.kvorum.sim;

import dev.kvorum.sim.search.Bounds;
import dev.kvorum.sim.search.Search;
import dev.kvorum.sim.world.Trail;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * The simulator's command line. Exit code 0 when nothing failed, 1 when something did, 2 when the arguments are wrong.
 */
public final class Main {

    private static final int TRAIL_LINES = 200;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    static int run(PrintStream out, String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            out.println("sim: " + wrong.getMessage());
            out.println(Options.USAGE);
            return 2;
        }
        return switch (options.mode()) {
            case SEEDS, REPLAY -> runSeeds(options, out);
            case BUGS -> new BugBench(options, out).run();
            case EXHAUSTIVE -> search(out);
        };
    }

    private static int runSeeds(Options options, PrintStream out) {
        Stopwatch watch = new Stopwatch();
        Tally tally = new Tally();
        for (long i = 0; i < options.seeds() && isTimeLeft(options, watch); i++) {
            long seed = options.firstSeed() + i;
            Trail trail = options.mode() == Options.Mode.REPLAY ? Trail.telling(TRAIL_LINES) : Trail.silent();
            Verdict verdict = Bug.NONE.run(seed, options.scenario(), trail);
            tally.add(verdict);
            if (verdict.isFailure()) {
                verdict.trail().forEach(out::println);
                out.println("seed " + seed + " at commit " + commit() + ": " + verdict.failure()
                        + "; again: ./kvorum sim --seed " + seed + " --scenario "
                        + options.scenario().word());
            }
        }
        out.println(tally.report(watch.elapsedMs()));
        return tally.failed() == 0 ? 0 : 1;
    }

    /** Every course of three voters within each of the bounds. */
    private static int search(PrintStream out) {
        int incomplete = 0;
        for (Bounds bounds : Bounds.STANDARD) {
            Stopwatch watch = new Stopwatch();
            Search.Result result = new Search(
                            bounds,
                            new TreeSet<>(),
                            states -> out.println(states + " states after " + watch.elapsedMs() / 1_000 + " s"))
                    .run();
            if (result.violation() != null) {
                out.println(result.violation());
            }
            out.println(result.end() + " " + bounds + " states=" + result.states() + " steps=" + result.steps()
                    + " node_states=" + result.nodeStates() + " seconds=" + watch.elapsedMs() / 1_000);
            incomplete += result.end() == Search.End.COMPLETE ? 0 : 1;
        }
        return incomplete == 0 ? 0 : 1;
    }

    static boolean isTimeLeft(Options options, Stopwatch watch) {
        return options.seconds() == 0 || watch.elapsedMs() < options.seconds() * 1_000L;
    }

    /** The commit that this was built from, as the build recorded it. */
    private static String commit() {
        try (InputStream in = Main.class.getResourceAsStream("commit.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
