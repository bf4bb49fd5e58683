package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.commit.CommitStats;
import org.junit.jupiter.api.Test;

/** The parts by which a node judges itself. */
class SelfWatchTest {

    @Test
    void aLoopThatBeatsInTimeIsNotLate() {
        Pulse pulse = new Pulse("0", 0);
        for (int ms = 100; ms <= 20_000; ms += 100) {
            pulse.beat(ms);
        }
        assertThat(pulse.lagMs(20_050)).isZero();
        assertThat(pulse.stillForMs(20_050)).isEqualTo(50);
    }

    @Test
    void aLoopThatHangsIsLateWhileItDoesAndForAWhileAfter() {
        Pulse pulse = new Pulse("0", 0);
        pulse.beat(100);
        assertThat(pulse.lagMs(1_200)).isEqualTo(1_000);
        assertThat(pulse.stillForMs(1_200)).isEqualTo(1_100);
        pulse.beat(2_200);
        assertThat(pulse.stillForMs(2_200)).isZero();
        for (int ms = 2_300; ms <= 6_000; ms += 100) {
            pulse.beat(ms);
        }
        assertThat(pulse.lagMs(6_000)).isEqualTo(2_000);
        for (int ms = 6_100; ms <= 15_000; ms += 100) {
            pulse.beat(ms);
        }
        assertThat(pulse.lagMs(15_000)).isZero();
    }

    @Test
    void aCommitIsAsSlowAsTheLastOnesWere() {
        CommitPace pace = new CommitPace();
        pace.look(stats(10, 10, 100), 0, 1_000);
        assertThat(pace.ms(1_000)).isEqualTo(10);
        pace.look(stats(12, 12, 700), 0, 2_000);
        assertThat(pace.ms(2_000)).isEqualTo(300);
        pace.look(stats(12, 12, 700), 0, 3_000);
        assertThat(pace.ms(9_000)).as("nothing to commit is not slow").isZero();
    }

    @Test
    void aDiskThatHangsIsSlowerWithEverySecond() {
        CommitPace pace = new CommitPace();
        pace.look(stats(10, 10, 100), 0, 1_000);
        pace.look(stats(10, 10, 100), 512, 2_000);
        pace.look(stats(10, 10, 100), 512, 3_000);
        assertThat(pace.ms(3_000)).isEqualTo(1_000);
        pace.look(stats(11, 11, 2_100), 512, 4_000);
        assertThat(pace.ms(4_000)).isEqualTo(2_000);
        pace.look(stats(12, 12, 2_101), 0, 5_000);
        assertThat(pace.ms(5_000)).isEqualTo(1);
    }

    @Test
    void eachDoublingCostsAFifthOfTheScore() {
        assertThat(SelfScore.of(0)).isEqualTo(100);
        assertThat(SelfScore.of(250)).isEqualTo(100);
        assertThat(SelfScore.of(251)).isEqualTo(80);
        assertThat(SelfScore.of(500)).isEqualTo(80);
        assertThat(SelfScore.of(2_500)).isEqualTo(20);
        assertThat(SelfScore.of(4_001)).isZero();
        assertThat(SelfScore.of(Long.MAX_VALUE / 4)).isZero();
    }

    private static CommitStats stats(long commits, long syncs, long syncMs) {
        return new CommitStats(commits, commits, 0, 1, syncs, syncMs * 1_000_000, 0);
    }
}
