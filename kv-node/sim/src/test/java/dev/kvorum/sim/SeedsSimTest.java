package dev.kvorum.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.WorldSettings.Flaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
