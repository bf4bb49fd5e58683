package dev.kvorum.benchmarks;

/**
 * One row of the table.
 *
 * @param outstanding requests on their way at any time, spread over the connections
 * @param valueBytes of each value
 * @param keys that exist; drawn uniformly
 * @param perSecond requests started per second whatever the answers (open loop); 0 starts one per answer (closed loop)
 */
record Workload(Operation operation, int outstanding, int valueBytes, int keys, int perSecond, int seconds) {

    private static final int PER_CONNECTION = 4;

    int connections() {
        return Math.max(1, outstanding / PER_CONNECTION);
    }

    int perConnection() {
        return Math.max(1, outstanding / connections());
    }
}
