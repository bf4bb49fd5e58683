package dev.kvorum.sim;

import dev.kvorum.sim.swarm.Scenario;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param seconds after which no further seed is begun; 0 for no limit
 * @param bug the only mistake to plant; empty for all of them
 * @param catches how often each mistake has to be found, for the median
 */
record Options(Mode mode, Scenario scenario, long firstSeed, long seeds, int seconds, String bug, int catches) {

    enum Mode {
        /** Run seeds and report failures. */
        SEEDS,
        /** Run one seed and show the end of its trail if it fails. */
        REPLAY,
        /** Plant each mistake and look how soon it is found. */
        BUGS,
        /** Take every course of three voters within bounds. */
        EXHAUSTIVE
    }

    static final String USAGE = String.join(
            "\n",
            "Usage: sim --seeds COUNT [--first-seed N] [--scenario NAME] [--seconds S]",
            "       sim --seed N [--scenario NAME]",
            "       sim --bugs | --bug NAME [--catches N] [--seeds COUNT] [--first-seed N] [--seconds S]",
            "       sim --exhaustive",
            "Scenarios (default swarm): "
                    + Arrays.stream(Scenario.values()).map(Scenario::word).collect(Collectors.joining(", ")));

    private static final long SEEDS = 1_000;
    private static final long BUG_SEEDS = 20_000;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException saying which one is wrong
     */
    static Options parse(String... arguments) {
        Options options = new Options(Mode.SEEDS, Scenario.SWARM, 1, 0, 0, "", 1);
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            Mode flag = flag(name);
            if (flag != null) {
                options = options.with(flag);
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value, or is no option");
            }
            options = options.with(name, arguments[++i]);
        }
        long seeds = options.seeds > 0 ? options.seeds : options.mode == Mode.BUGS ? BUG_SEEDS : SEEDS;
        return new Options(
                options.mode,
                options.scenario,
                options.firstSeed,
                seeds,
                options.seconds,
                options.bug,
                options.catches);
    }

    private static @Nullable Mode flag(String name) {
        return switch (name) {
            case "--bugs" -> Mode.BUGS;
            case "--exhaustive" -> Mode.EXHAUSTIVE;
            default -> null;
        };
    }

    private Options with(Mode next) {
        return new Options(next, scenario, firstSeed, seeds, seconds, bug, catches);
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--seeds" -> new Options(mode, scenario, firstSeed, number(name, value, 1), seconds, bug, catches);
            case "--first-seed" -> new Options(mode, scenario, number(name, value, 0), seeds, seconds, bug, catches);
            case "--seed" -> new Options(Mode.REPLAY, scenario, number(name, value, 0), 1, seconds, bug, catches);
            case "--seconds" ->
                new Options(mode, scenario, firstSeed, seeds, (int) number(name, value, 1), bug, catches);
            case "--scenario" -> new Options(mode, scenario(value), firstSeed, seeds, seconds, bug, catches);
            case "--bug" -> new Options(Mode.BUGS, scenario, firstSeed, seeds, seconds, bug(value), catches);
            case "--catches" ->
                new Options(mode, scenario, firstSeed, seeds, seconds, bug, (int) number(name, value, 1));
            default -> throw new IllegalArgumentException("there is no option " + name);
        };
    }

    private static long number(String name, String value, long least) {
        if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) < least) {
            throw new IllegalArgumentException(
                    name + " is a whole number of at least " + least + ", not \"" + value + '"');
        }
        return Long.parseLong(value);
    }

    private static String bug(String word) {
        for (Bug planted : Bug.planted()) {
            if (planted.toString().equals(word)) {
                return word;
            }
        }
        throw new IllegalArgumentException("there is no bug \"" + word + "\" to plant; --bugs lists them");
    }

    private static Scenario scenario(String word) {
        for (Scenario scenario : Scenario.values()) {
            if (scenario.word().equals(word)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("there is no scenario \"" + word + '"');
    }
}
