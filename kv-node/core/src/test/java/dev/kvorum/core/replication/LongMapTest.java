package dev.kvorum.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongMapTest {

    private final LongMap<String> map = new LongMap<>();

    @Test
    void givesBackWhatWasPutAndNothingElse() {
        map.put(7, "seven");
        map.put(7, "VII");
        assertThat(map.get(7)).isEqualTo("VII");
        assertThat(map.get(8)).isNull();
        assertThat(map.size()).isEqualTo(1);
        assertThat(map.remove(8)).isNull();
        assertThat(map.remove(7)).isEqualTo("VII");
        assertThat(map.get(7)).isNull();
        assertThat(map.size()).isZero();
    }

    @Test
    void listsValuesInTheOrderOfTheirNumbers() {
        for (long number : new long[] {300, 2, 1L << 60, 41}) {
            map.put(number, Long.toString(number));
        }
        assertThat(map.inOrder()).containsExactly("2", "41", "300", Long.toString(1L << 60));
    }

    @Test
    void agreesWithATreeMapWhateverIsPutAndRemoved() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LongMap<Long> tested = new LongMap<>();
            TreeMap<Long, Long> model = new TreeMap<>();
            long first = random.nextLong(1, 1L << 62);
            for (int i = 0; i < 1_000; i++) {
                long key = first + random.nextLong(random.nextBoolean() ? 40 : 4_000);
                if (random.nextInt(5) < 3) {
                    tested.put(key, (long) i);
                    model.put(key, (long) i);
                } else {
                    assertThat(tested.remove(key)).as("seed %d", seed).isEqualTo(model.remove(key));
                }
                assertThat(tested.get(key)).as("seed %d", seed).isEqualTo(model.get(key));
            }
            List<Long> expected = new ArrayList<>(model.values());
            assertThat(tested.inOrder()).as("seed %d", seed).isEqualTo(expected);
            assertThat(tested.size()).as("seed %d", seed).isEqualTo(expected.size());
        }
    }
}
