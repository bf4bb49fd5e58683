package dev.kvorum.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledKeysTest {

    private static Key key(int bucket, String name) {
        return new Key(bucket, name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void remembersAKeyForTheTakeOverUnderWhichItWasRead() {
        SettledKeys settled = new SettledKeys(64, 5);
        settled.add(key(0, "a"), 1);
        assertThat(settled.contains(key(0, "a"), 1)).isTrue();
        assertThat(settled.contains(key(0, "a"), 2)).isFalse();
        assertThat(settled.contains(key(1, "a"), 1)).isFalse();
        assertThat(settled.contains(key(0, "b"), 1)).isFalse();
    }

    @Test
    void forgetsRatherThanGrowsAndNeverClaimsAKeyThatWasNotAdded() {
        SettledKeys settled = new SettledKeys(16, 5);
        List<Key> added = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            added.add(key(0, "key-" + i));
            settled.add(added.get(i), 1);
            assertThat(settled.contains(added.get(i), 1)).isTrue();
        }
        assertThat(added.stream().filter(key -> settled.contains(key, 1)).count())
                .isBetween(1L, 16L);
        for (int i = 0; i < 100_000; i++) {
            assertThat(settled.contains(key(0, "other-" + i), 1)).isFalse();
        }
    }
}
