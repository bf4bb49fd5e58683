package dev.kvorum.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final int TICK_MS = 10;

    private final WarmUp warmUp = new WarmUp();
    private long nowMs = 5_000_000;

    private boolean pause(int ms) {
        nowMs += ms;
        boolean stoodStill = warmUp.step(nowMs);
        if (stoodStill) {
            warmUp.fall(nowMs);
        }
        return stoodStill;
    }

    /** Ticks on until it is steady; returns how long that took. */
    private int warmedUpAfterMs() {
        int passedMs = 0;
        while (!warmUp.isSteady()) {
            pause(TICK_MS);
            passedMs += TICK_MS;
            assertThat(passedMs).isLessThanOrEqualTo(2 * WarmUp.LONGEST_MS);
        }
        return passedMs;
    }

    private void runSteadily(int ms) {
        for (int passedMs = 0; passedMs < ms; passedMs += TICK_MS) {
            assertThat(pause(TICK_MS)).isFalse();
        }
    }

    @Test
    void freshMachineIsSteadyAfterTheShortestWait() {
        assertThat(pause(0)).isFalse();
        assertThat(warmUp.isSteady()).isFalse();
        assertThat(warmedUpAfterMs()).isEqualTo(WarmUp.SHORTEST_MS);
    }

    @Test
    void hitchStartsTheWaitAnewAndHurtsNobodyWhoIsSteady() {
        pause(0);
        runSteadily(900);
        assertThat(pause(WarmUp.HITCH_MS)).isFalse();
        assertThat(warmedUpAfterMs()).isEqualTo(WarmUp.SHORTEST_MS);
        pause(WarmUp.HITCH_MS);
        assertThat(warmUp.isSteady()).isTrue();
    }

    @Test
    void whoStandsStillFallsAndWaitsTwiceAsLongEachTimeUpToALimit() {
        pause(0);
        for (int waitMs = WarmUp.SHORTEST_MS; waitMs < 4 * WarmUp.LONGEST_MS; waitMs *= 2) {
            assertThat(warmedUpAfterMs()).isEqualTo(Math.min(waitMs, WarmUp.LONGEST_MS));
            assertThat(pause(WarmUp.FALL_MS)).isTrue();
            assertThat(warmUp.isSteady()).isFalse();
        }
    }

    @Test
    void fallLongAfterTheLastOneIsForgiven() {
        pause(0);
        warmedUpAfterMs();
        pause(WarmUp.FALL_MS);
        warmedUpAfterMs();
        runSteadily(WarmUp.FORGIVEN_AFTER_MS);
        assertThat(pause(WarmUp.FALL_MS)).isTrue();
        assertThat(warmedUpAfterMs()).isEqualTo(WarmUp.SHORTEST_MS);
    }

    @Test
    void waitBeginsWhenTheMachineMayAct() {
        pause(0);
        runSteadily(900);
        warmUp.begin(nowMs);
        assertThat(warmedUpAfterMs()).isEqualTo(WarmUp.SHORTEST_MS);
    }
}
