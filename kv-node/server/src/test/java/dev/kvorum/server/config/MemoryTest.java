package dev.kvorum.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final long MIB = 1 << 20;
    private static final StoreConfig FORMULAS = new StoreConfig(0, 0);

    @Test
    void aGibibyteHoldsTheLargestCaches() {
        assertThat(new Memory(1024 * MIB, 256 * MIB).shareOut(FORMULAS))
                .isEqualTo(new StoreConfig(192 * MIB, 64 * MIB));
        assertThat(new Memory(64 * 1024 * MIB, 16 * 1024 * MIB).shareOut(FORMULAS))
                .isEqualTo(new StoreConfig(192 * MIB, 64 * MIB));
    }

    @Test
    void aSmallContainerHasSmallCaches() {
        assertThat(new Memory(512 * MIB, 128 * MIB).shareOut(FORMULAS)).isEqualTo(new StoreConfig(96 * MIB, 32 * MIB));
        assertThat(new Memory(64 * MIB, 32 * MIB).shareOut(FORMULAS)).isEqualTo(new StoreConfig(16 * MIB, 8 * MIB));
    }

    @Test
    void whatIsConfiguredIsTaken() {
        var asked = new StoreConfig(64 * MIB, 100 * MIB);
        assertThat(new Memory(256 * MIB, 80 * MIB).shareOut(asked)).isEqualTo(asked);
    }

    @Test
    void aCacheAboveWhatTheProcessMayTakeIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> new Memory(1024 * MIB, 79 * MIB).shareOut(new StoreConfig(64 * MIB, 64 * MIB)))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("objectCacheBytes is 67108864")
                .hasMessageContaining("MaxDirectMemorySize");
    }

    @Test
    void aCacheTooSmallToBeOneIsRefused() {
        assertThatThrownBy(() -> ServerConfig.load(null, Map.of("KVORUM_BLOCK_CACHE_BYTES", "4096")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("blockCacheBytes is 4096; use 8388608 bytes or more, or 0");
    }

    @Test
    void thisProcessKnowsWhatItMayTake() {
        assertThat(Memory.ofThisProcess().allBytes()).isGreaterThan(MIB);
        assertThat(Memory.ofThisProcess().outsideHeapBytes()).isGreaterThan(MIB);
    }
}
