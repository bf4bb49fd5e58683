package dev.kvorum.sim;

/**
 * Measures real time, for the speed that the program reports and for its time limit; nothing else here knows a clock.
 */
final class Stopwatch {

    private final long startedNs = System.nanoTime();

    long elapsedMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }
}
