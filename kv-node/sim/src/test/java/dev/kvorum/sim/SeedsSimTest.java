package dev.kvorum.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeedsSimTest {

    private static Verdict run(long seed, Scenario scenario) {
        return new SeedRun(seed, scenario, Flaws.NONE, Trail.silent()).run();
    }

    private static void requireSound(long seed, Scenario scenario) {
        Verdict verdict = run(seed, scenario);
        assertThat(verdict.failure())
                .as("./kvorum sim --seed %d --scenario %s", seed, scenario.word())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void everyScenarioIsSoundForTheSameSeedsEachTime(Scenario scenario) {
        for (long seed = 1; seed <= 10; seed++) {
            requireSound(seed, scenario);
        }
    }

    /** What each of them found once; whatever changes a draw gives its seed another course, so new ones are added. */
    @ParameterizedTest
    @CsvSource({
        "PAUSE, 52, a home that stood still for less than a second overwrote what was promised by its stand-in",
        "PAUSE, 167, the same",
        "PAUSE, 188, the same",
        "PAUSE, 281, the same",
        "PAUSE, 540, a home took over again while it still read for the take-over before",
        "PAUSE, 595, the same",
        "CLOCK, 863, the same",
        "FENCING, 189, the same",
        "SWARM, 140, the same",
    })
    void seedsThatFoundSomethingOnceAreSound(Scenario scenario, long seed, String found) {
        assertThat(run(seed, scenario).failure()).as(found).isNull();
    }

    @Test
    void calmClustersCarryRequestsOut() {
        assertThat(run(1, Scenario.CALM).succeeded()).isGreaterThan(20);
    }

    @Test
    void oneSeedTakesOneCourse() {
        assertThat(run(11, Scenario.SWARM).hash())
                .isEqualTo(run(11, Scenario.SWARM).hash())
                .isNotEqualTo(run(12, Scenario.SWARM).hash());
    }
}
