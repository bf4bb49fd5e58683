package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoredKeyTest {

    private static final byte[] KEY = "user:7".getBytes(StandardCharsets.UTF_8);

    @Test
    void aStoredKeyGivesBackItsParts() {
        byte[] stored = StoredKey.of(16_383, 0x80000001, KEY);
        assertThat(StoredKey.slot(stored)).isEqualTo(16_383);
        assertThat(StoredKey.bucket(stored)).isEqualTo(0x80000001);
        assertThat(StoredKey.key(stored)).isEqualTo(KEY);
        assertThat(stored).hasSize(6 + KEY.length).startsWith(0x3f, 0xff);
    }

    @Test
    void keysOfASlotLieBetweenTheFirstOfItAndTheFirstOfTheNext() {
        byte[] least = StoredKey.of(255, 0, new byte[0]);
        byte[] greatest = StoredKey.of(255, -1, new byte[] {-1, -1});
        assertThat(Arrays.compareUnsigned(StoredKey.firstOf(255), least)).isNegative();
        assertThat(Arrays.compareUnsigned(greatest, StoredKey.firstOf(256))).isNegative();
        assertThat(Arrays.compareUnsigned(StoredKey.of(16_383, -1, KEY), StoredKey.firstOf(StoredKey.SLOTS)))
                .isNegative();
    }

    @Test
    void aSlotOutsideTheCircleIsRefusedByNumber() {
        assertThatThrownBy(() -> StoredKey.of(16_384, 0, KEY)).hasMessageContaining("16384");
        assertThatThrownBy(() -> StoredKey.firstOf(-1)).hasMessageContaining("-1");
    }
}
