package dev.kvorum.benchmarks;

import org.HdrHistogram.Histogram;

/** Counts what came back while it is recording. One thread. */
final class Recorder {

    private static final long HIGHEST_NS = 120_000_000_000L;

    private final Histogram latencies = new Histogram(HIGHEST_NS, 3);
    private boolean recording;
    private long misses;
    private long errors;
    private String firstError = "";

    void record() {
        recording = true;
    }

    void end() {
        recording = false;
    }

    void answered(long latencyNs) {
        if (recording) {
            latencies.recordValue(Math.min(HIGHEST_NS, Math.max(0, latencyNs)));
        }
    }

    void missed() {
        misses++;
    }

    void failed(String message) {
        if (errors++ == 0) {
            firstError = message;
        }
    }

    void lost(int waiting) {
        errors += waiting;
        firstError = firstError.isEmpty() ? "a connection was closed" : firstError;
    }

    Histogram latencies() {
        return latencies;
    }

    long misses() {
        return misses;
    }

    long errors() {
        return errors;
    }

    String firstError() {
        return firstError;
    }
}
