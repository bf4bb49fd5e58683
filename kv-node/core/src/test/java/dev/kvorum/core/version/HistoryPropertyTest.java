package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No write that was durable disappears unless a client that had seen it replaced it, recursively. */
class HistoryPropertyTest {

    private static final long SEED = Long.getLong("kvorum.seed", 42);
    private static final int HISTORIES = 60_000;

    @Test
    void everyVanishedDotHasAKiller() {
        HistoryRules sound = new HistoryRules("as built");
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            assertThat(History.violation(sound, seed)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void plantedMistakeIsCaught(HistoryRules mistake) {
        boolean caught = false;
        for (long seed = SEED; seed < SEED + HISTORIES && !caught; seed++) {
            caught = History.violation(mistake, seed) != null;
        }
        assertThat(caught).as("%s, %d histories", mistake, HISTORIES).isTrue();
    }

    static List<HistoryRules> mistakes() {
        return BrokenRules.all();
    }
}
