package dev.kvorum.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private final Backoff backoff = new Backoff();

    private long pauseAfter(int seconds) {
        return backoff.after(Duration.ofSeconds(seconds)).toSeconds();
    }

    @Test
    void pausesDoubleToTenSecondsAndStartAnewAfterAMinuteOfRunning() {
        assertThat(new long[] {pauseAfter(0), pauseAfter(0), pauseAfter(5), pauseAfter(0), pauseAfter(0), pauseAfter(0)
                })
                .containsExactly(1, 2, 4, 8, 10, 10);
        assertThat(pauseAfter(61)).isEqualTo(1);
        assertThat(pauseAfter(0)).isEqualTo(2);
    }
}
