package dev.kvorum.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private static final long SESSION = 11;
    private static final int WIDTH = 8_192;

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void takesEachNumberOnceInWhateverOrder() {
        assertThat(window.take(SESSION, 1)).isTrue();
        assertThat(window.take(SESSION, 3)).isTrue();
        assertThat(window.take(SESSION, 2)).isTrue();
        assertThat(window.take(SESSION, 2)).isFalse();
        assertThat(window.take(SESSION, 3)).isFalse();
    }

    @Test
    void whatFellOutOfTheWindowCountsAsTaken() {
        assertThat(window.take(SESSION, 1)).isTrue();
        assertThat(window.take(SESSION, WIDTH + 10)).isTrue();
        assertThat(window.take(SESSION, 9)).isFalse();
        assertThat(window.take(SESSION, 11)).isTrue();
    }

    @Test
    void aNewProcessCountsFromItsOwnStart() {
        window.take(SESSION, 500);
        assertThat(window.take(12, 1)).isTrue();
        assertThat(window.take(12, 1)).isFalse();
    }

    @Test
    void whatAFormerProcessSentIsNotTakenAfterItsSuccessorSpoke() {
        window.take(SESSION, 1);
        window.take(12, 1);
        assertThat(window.take(SESSION, 2)).isFalse();
        assertThat(window.take(12, 2)).isTrue();
    }

    @Test
    void neverTakesANumberTwiceAndTakesAllThatAreInTheWindow() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ReplayWindow tested = new ReplayWindow();
            TreeSet<Long> taken = new TreeSet<>();
            long newest = 1;
            tested.take(SESSION, newest);
            taken.add(newest);
            for (int i = 0; i < 4_000; i++) {
                long next =
                        Math.max(1, newest + random.nextLong(-2L * WIDTH, random.nextInt(20) == 0 ? 3L * WIDTH : 9));
                boolean expected = !taken.contains(next) && next > newest - WIDTH;
                assertThat(tested.take(SESSION, next))
                        .as("seed %d, number %d", seed, next)
                        .isEqualTo(expected);
                taken.add(next);
                newest = Math.max(newest, next);
            }
        }
    }
}
