package dev.kvorum.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.step.Machine;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Trail;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole clusters by seed. {@code -Dkvorum.sim.seconds=S} says for how long fresh seeds are tried, 40 s by default. */
class SeedsSimTest {

    private static final int FRESH_SECONDS = Integer.getInteger("kvorum.sim.seconds", 40);
    private static final int FIXED_SEEDS = 10;

    /** What each of them found once; whatever changes a draw gives its seed another course, so new ones are added. */
    private static final String FOUND = """
            PAUSE, 52, a home that stood still for less than a second overwrote what was promised by its stand-in
            PAUSE, 167, the same
            PAUSE, 188, the same
            PAUSE, 281, the same
            PAUSE, 540, a home took over again while it still read for the take-over before
            PAUSE, 595, the same
            CLOCK, 863, the same
            FENCING, 189, the same
            SWARM, 140, the same
            SWARM, 64, a second copy of a forward was refused and that passed for a refusal of the first
            DISK, 797, a sync that was to fail during the faults failed after them
            CRASH, 758, a loop said twice that it had merged and so spoke for another one
            DISK, 1795277405059043, a look-up that crossed a store showed it before it was durable
            CONSENSUS, 106, a leader that had appended its own removal did not stand any more after a restart
            CONSENSUS, 220, the same
            CONSENSUS, 609, a learner was never promoted under load since it never had the very last entry
            CONSENSUS, 1795342662044120, one slow sync cut what it had made durable and the old term was told of it
            AUTHORITY, 8, a node that came back empty after a recovery did not know the generation and was never let in
            AUTHORITY, 203, a learner was never promoted since the log was shortened to its very end
            AUTHORITY, 351, the same
            AUTHORITY, 1267, the only fault allowed strikes once and none was left to choose from
            AUTHORITY, 1417, a removal decided before a volume was lost left two of four voters
            AUTHORITY, 1623, one sync made an entry durable and cut it in the next term before it was acknowledged
            AUTHORITY, 6408, an older copy applied its own end because a heartbeat told what its owner had acknowledged
            AUTHORITY, 13296, a live voter left before one that was gone for good and the next loss took the majority
            AUTHORITY, 19361, the same
            AUTHORITY, 1020491, an older copy that only its registration could tell started again before it was judged
            AUTHORITY, 11746, an older copy counted as many starts as were registered and was not told by what it lacked
            AUTHORITY, 1027583, a learner was made a voter by a choice of a second ago though its volume was given up
            AUTHORITY, 9447, a learner of a single voter was lost in the moment in which it became the second
            """;

    private static Verdict run(long seed, Scenario scenario) {
        return Bug.NONE.run(seed, scenario, Trail.silent());
    }

    private static Verdict requireSound(long seed, Scenario scenario) {
        Verdict verdict = run(seed, scenario);
        assertThat(verdict.failure())
                .as("./kvorum sim --seed %d --scenario %s", seed, scenario.word())
                .isNull();
        return verdict;
    }

    @ParameterizedTest
    @EnumSource
    void everyScenarioIsSoundForTheSameSeedsEachTime(Scenario scenario) {
        int succeeded = 0;
        for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
            succeeded += requireSound(seed, scenario).succeeded();
        }
        assertThat(succeeded).as("operations that were carried out").isGreaterThan(50 * FIXED_SEEDS);
    }

    @ParameterizedTest
    @CsvSource(textBlock = FOUND)
    void seedsThatFoundSomethingOnceAreSound(Scenario scenario, long seed, String found) {
        assertThat(run(seed, scenario).failure()).as(found).isNull();
    }

    @Test
    void freshSeedsOfEveryScenarioAreSound() {
        long first = System.currentTimeMillis() * 1_000;
        long endNs = System.nanoTime() + FRESH_SECONDS * 1_000_000_000L;
        long seed = first;
        for (; seed == first || System.nanoTime() - endNs < 0; seed++) {
            requireSound(seed, BugBench.scenarioOf(seed));
            requireSound(seed, Scenario.ROWS);
            requireSound(seed, Scenario.CONSENSUS);
            requireSound(seed, Scenario.ADVERSARY);
            requireSound(seed, Scenario.AUTHORITY);
        }
        System.out.printf("simulator: %d fresh seeds from %d on are sound%n", seed - first, first);
    }

    @Test
    void oneSeedTakesOneCourse() {
        assertThat(run(11, Scenario.SWARM).hash())
                .isEqualTo(run(11, Scenario.SWARM).hash())
                .isNotEqualTo(run(12, Scenario.SWARM).hash());
    }

    @Test
    void anotherJvmTakesTheSameCourse() throws IOException, InterruptedException {
        String[] arguments = {"--seeds", "6", "--first-seed", "11"};
        ByteArrayOutputStream here = new ByteArrayOutputStream();
        Main.run(new PrintStream(here, true, StandardCharsets.UTF_8), arguments);
        assertThat(hash(runInAnotherJvm(arguments))).isEqualTo(hash(here.toString(StandardCharsets.UTF_8)));
    }

    private static String runInAnotherJvm(String... arguments) throws IOException, InterruptedException {
        String classes = place(Main.class) + File.pathSeparator + place(Machine.class);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        classes,
                        Main.class.getName(),
                        arguments[0],
                        arguments[1],
                        arguments[2],
                        arguments[3])
                .redirectErrorStream(true)
                .start();
        String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).as(printed).isZero();
        return printed;
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException odd) {
            throw new IllegalStateException(odd);
        }
    }

    private static String hash(String printed) {
        assertThat(printed).contains("hash=");
        return printed.substring(printed.lastIndexOf("hash=")).strip();
    }
}
