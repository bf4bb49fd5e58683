package dev.kvorum.sim.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.consensus.ConsensusFlaw;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchTest {

    private static final Bounds SMALL = new Bounds(2, 1, 0, 0, 5_000_000);

    private static Search.Result run(Bounds bounds, Set<ConsensusFlaw> flaws) {
        return new Search(bounds, flaws, states -> {}).run();
    }

    @Test
    void everyCourseWithinOneTermAndOneCrashIsSound() {
        Search.Result result = run(SMALL, new TreeSet<>());
        assertThat(result.violation()).isNull();
        assertThat(result.end()).isEqualTo(Search.End.COMPLETE);
        assertThat(result.states()).isGreaterThan(10_000);
    }

    @Test
    void theSameBoundsAlwaysMeanTheSameStates() {
        Bounds tiny = new Bounds(2, 0, 0, 0, 5_000_000);
        assertThat(run(tiny, new TreeSet<>())).isEqualTo(run(tiny, new TreeSet<>()));
    }

    @Test
    void aSearchThatIsCutShortSaysSo() {
        Bounds cut = new Bounds(2, 1, 1, 0, 100);
        assertThat(run(cut, new TreeSet<>()).end()).isEqualTo(Search.End.TOO_MANY_STATES);
    }

    @ParameterizedTest
    @EnumSource(names = {"VOTE_BEFORE_STORED", "ACK_BEFORE_STORED", "COUNT_SELF_BEFORE_STORED", "VOTES_FOR_STALE_LOG"})
    void plantedMistakesAreFound(ConsensusFlaw flaw) {
        Search.Result result = run(SMALL, new TreeSet<>(List.of(flaw)));
        assertThat(result.end()).isEqualTo(Search.End.VIOLATION);
        assertThat(result.violation()).contains("I11: ");
    }
}
