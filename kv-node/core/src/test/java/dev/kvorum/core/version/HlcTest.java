package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HlcTest {

    @Test
    void stampFollowsTheWallClock() {
        long first = Hlc.next(1_700_000_000_000L, 0);
        long second = Hlc.next(1_700_000_000_001L, first);

        assertThat(second).isGreaterThan(first);
        assertThat(Hlc.millis(second)).isEqualTo(1_700_000_000_001L);
    }

    @Test
    void stampIsAboveTheLastOneWhenTheClockStandsOrGoesBack() {
        long last = Hlc.next(5_000, 0);

        assertThat(Hlc.next(5_000, last)).isEqualTo(last + 1);
        assertThat(Hlc.next(1_000, last)).isEqualTo(last + 1);
        assertThat(Hlc.next(-1, last)).isEqualTo(last + 1);
    }

    @Test
    void countWithinOneMillisecondCarriesOver() {
        long last = Hlc.next(5_000, 0);
        for (int i = 0; i < 1 << 16; i++) {
            last = Hlc.next(5_000, last);
        }

        assertThat(Hlc.millis(last)).isEqualTo(5_001);
    }
}
