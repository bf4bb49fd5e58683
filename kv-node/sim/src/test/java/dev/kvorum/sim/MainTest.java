package dev.kvorum.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reportsItsSpeedAndOneHashForAllSeeds() {
        assertThat(run("--seeds", "2", "--first-seed", "7", "--scenario", "calm"))
                .isZero();
        assertThat(printed())
                .matches("seeds=2 failed=0 operations=[1-9]\\d* seconds=\\d+\\.\\d seeds_per_s=\\d+ times_real=\\d+"
                        + " hash=[0-9a-f]{16}\n");
    }

    @Test
    void plantsOneMistakeAndNamesTheSeedThatFindsIt() {
        assertThat(run("--bug", "replication.NO_FENCE_AFTER_APPLY")).isZero();
        assertThat(printed()).contains("replication.NO_FENCE_AFTER_APPLY caught by seed ");
    }

    @ParameterizedTest
    @CsvSource({
        "--seeds,,--seeds needs a value",
        "--seeds,0,--seeds is a whole number of at least 1",
        "--seed,x,--seed is a whole number",
        "--scenario,storm,there is no scenario \"storm\"",
        "--bug,typo,there is no bug \"typo\" to plant",
        "--speed,1,there is no option --speed",
    })
    void refusesWhatItDoesNotKnowAndSaysHowItIsUsed(String name, String value, String message) {
        assertThat(value == null ? run(name) : run(name, value)).isEqualTo(2);
        assertThat(printed()).startsWith("sim: " + message).contains("Usage: sim");
    }
}
