package dev.kvorum.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.server.config.InvalidConfiguration;
import dev.kvorum.server.config.StoreConfig;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {

    private static final long MIB = 1 << 20;

    @Test
    void aCacheThatFitsIsTaken() {
        assertThatCode(() -> DirectMemory.check(new StoreConfig(64 * MIB, 64 * MIB), 80 * MIB))
                .doesNotThrowAnyException();
    }

    @Test
    void aCacheAboveWhatTheProcessMayTakeIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> DirectMemory.check(new StoreConfig(64 * MIB, 64 * MIB), 79 * MIB))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("objectCacheBytes is 67108864")
                .hasMessageContaining("MaxDirectMemorySize");
    }

    @Test
    void thisJvmSaysWhatItAllows() {
        assertThat(DirectMemory.mostBytes()).isPositive();
    }
}
