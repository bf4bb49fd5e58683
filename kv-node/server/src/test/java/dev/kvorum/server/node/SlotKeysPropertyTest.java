package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotKeysPropertyTest {

    private static final long SEED = 7;

    @Test
    void aKeyThatStaysComesExactlyOnceWhateverComesAndGoes() {
        for (int round = 0; round < 50; round++) {
            SplittableRandom random = new SplittableRandom(round);
            List<String> stay = new ArrayList<>();
            for (int i = 0; i < random.nextInt(400); i++) {
                stay.add("stay-" + i);
            }
            assertThat(walk(stay, 1 + random.nextInt(40), random))
                    .as("seed %d", round)
                    .containsExactlyInAnyOrderElementsOf(stay);
        }
    }

    @Test
    void keysOfOneNumberStayTogetherHoweverManyTheyAre() {
        SlotKeys page = new SlotKeys(0, 3);
        for (int i = 0; i < 10; i++) {
            page.add(new byte[] {(byte) i}, 5);
        }
        page.add(new byte[] {10}, 4);
        assertThat(page.bound()).isEqualTo(5);
        assertThat(page.keys()).containsExactly(new byte[] {10});

        SlotKeys next = new SlotKeys(page.bound(), 3);
        for (int i = 0; i < 10; i++) {
            next.add(new byte[] {(byte) i}, 5);
        }
        assertThat(next.bound()).isEqualTo(SlotKeys.NUMBERS);
        assertThat(next.keys()).hasSize(10);
    }

    /** The staying keys that the pages brought, while others came and went between them. */
    private static List<String> walk(List<String> stay, int most, SplittableRandom random) {
        List<String> met = new ArrayList<>();
        long from = 0;
        while (from < SlotKeys.NUMBERS) {
            SlotKeys page = new SlotKeys(from, most);
            stay.forEach(key -> add(page, key));
            for (int i = 0; i < random.nextInt(100); i++) {
                add(page, "passes-" + random.nextInt(1_000));
            }
            for (byte[] key : page.keys()) {
                String text = new String(key, StandardCharsets.UTF_8);
                if (text.startsWith("stay")) {
                    met.add(text);
                }
            }
            assertThat(page.bound()).isGreaterThan(from);
            from = page.bound();
        }
        return met;
    }

    private static void add(SlotKeys page, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        page.add(bytes, SlotKeys.number(bytes, SEED));
    }
}
