package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DataKeyTest {

    private static final byte[] KEY = "user:7".getBytes(StandardCharsets.UTF_8);

    @Test
    void aStoredKeyGivesBackItsParts() {
        byte[] stored = DataKey.of(16_383, 0x80000001, KEY);
        assertThat(DataKey.slot(stored)).isEqualTo(16_383);
        assertThat(DataKey.bucket(stored)).isEqualTo(0x80000001);
        assertThat(DataKey.key(stored)).isEqualTo(KEY);
        assertThat(stored).hasSize(6 + KEY.length).startsWith(0x3f, 0xff);
    }

    @Test
    void keysOfASlotLieBetweenTheFirstOfItAndTheFirstOfTheNext() {
        byte[] least = DataKey.of(255, 0, new byte[0]);
        byte[] greatest = DataKey.of(255, -1, new byte[] {-1, -1});
        assertThat(Arrays.compareUnsigned(DataKey.firstOf(255), least)).isNegative();
        assertThat(Arrays.compareUnsigned(greatest, DataKey.firstOf(256))).isNegative();
        assertThat(Arrays.compareUnsigned(DataKey.of(16_383, -1, KEY), DataKey.firstOf(DataKey.SLOTS)))
                .isNegative();
    }

    @Test
    void aSlotOutsideTheCircleIsRefusedByNumber() {
        assertThatThrownBy(() -> DataKey.of(16_384, 0, KEY)).hasMessageContaining("16384");
        assertThatThrownBy(() -> DataKey.firstOf(-1)).hasMessageContaining("-1");
    }
}
