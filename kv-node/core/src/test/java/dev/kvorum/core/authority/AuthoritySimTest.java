package dev.kvorum.core.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole groups by seed; {@code -Dauthority.seed=S} replays one. */
class AuthoritySimTest {

    private static final long FIRST = Long.getLong("authority.seed", 0);
    private static final int SEEDS = Integer.getInteger("authority.seeds", FIRST == 0 ? 200 : 1);
    private static final int SEEDS_PER_FLAW = 200;

    static Set<AuthorityFlaw> ofTheMachine() {
        return RulesPropertyTest.OF_THE_MACHINE;
    }

    @Test
    void everyGroupKeepsItsPromisesAndComesToRest() {
        Map<String, Integer> census = new TreeMap<>();
        int answered = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Group group = new Group(seed, new TreeSet<>());
            try {
                group.run();
            } catch (RuntimeException broken) {
                throw new AssertionError("replay with -Dtest=AuthoritySimTest -Dauthority.seed=" + seed, broken);
            }
            answered += group.answered();
            group.answers().forEach(answer -> census.merge(answer.getClass().getSimpleName(), 1, Integer::sum));
        }
        System.out.println("authority: " + SEEDS + " groups, " + answered + " answers; log: " + census);
        assertThat(answered).isGreaterThan(5 * SEEDS);
        assertThat(census).containsKeys("Registered", "SessionOpened", "Refused", "Done");
    }

    @ParameterizedTest
    @MethodSource("ofTheMachine")
    void everyPlantedMistakeIsCaught(AuthorityFlaw flaw) {
        for (long seed = 0; seed < SEEDS_PER_FLAW; seed++) {
            try {
                new Group(seed, Set.of(flaw)).run();
            } catch (LawBook.Broken caught) {
                System.out.println(flaw + " is caught by seed " + seed + ": " + caught.getMessage());
                return;
            }
        }
        throw new AssertionError(flaw + " goes unnoticed in " + SEEDS_PER_FLAW + " seeds");
    }
}
