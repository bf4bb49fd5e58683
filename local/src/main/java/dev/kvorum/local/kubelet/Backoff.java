package dev.kvorum.local.kubelet;

import java.time.Duration;

/** How long to wait before the next start: 1 s, doubling to 10 s; anew after a minute of running. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private Duration next = FIRST;

    Duration after(Duration ran) {
        Duration pause = ran.compareTo(SETTLED) > 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
