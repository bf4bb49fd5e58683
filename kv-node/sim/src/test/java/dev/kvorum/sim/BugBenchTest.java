package dev.kvorum.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A checker that catches nothing proves nothing. */
class BugBenchTest {

    /** Found by one seed in many hundreds: {@code ./kvorum sim --bugs} takes its time for them. */
    private static final List<String> RARE = List.of(
            "replication.OWN_PAUSE_UNNOTICED",
            "replication.TORN_TAIL_VOTES",
            "replication.ACTOR_OUTLIVES_FAILED_STORE",
            "replication.FALLEN_LEVEL_UNNOTICED",
            "shell.OPENED_WITHOUT_SYNC",
            "shell.NEW_VOLUME_UNDER_OLD_ROWS",
            "shell.ABSENCE_UNNOTICED",
            "consensus.COUNT_OLD_ACKS",
            "group.SNAPSHOT_NOT_ATOMIC");

    static Stream<String> common() {
        return Bug.planted().stream().map(Object::toString).filter(bug -> !RARE.contains(bug));
    }

    @ParameterizedTest
    @MethodSource("common")
    void plantedMistakeIsFoundWithinAThousandSeeds(String bug) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), "--bug", bug, "--seeds", "1000");
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }
}
