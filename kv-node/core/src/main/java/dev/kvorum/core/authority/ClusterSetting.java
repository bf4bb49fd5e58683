package dev.kvorum.core.authority;

import java.util.Arrays;

/** A number that holds for the whole cluster. Kept by place on disk: constants are only ever appended. */
public enum ClusterSetting {
    /** How many replicas may leave or reach a node at a time. */
    MAX_CONCURRENT_MOVES_PER_NODE("maxConcurrentMovesPerNode", 2, 1, 64),
    /** How much a node sends for moves and rebuilds. */
    BYTES_PER_SECOND_PER_NODE("bytesPerSecondPerNode", 50L << 20, 64L << 10, 100L << 30);

    private final String word;
    private final long standard;
    private final long least;
    private final long most;

    ClusterSetting(String word, long standard, long least, long most) {
        this.word = word;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    /**
     * Finds a setting by its name.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static ClusterSetting parse(String word) {
        for (ClusterSetting setting : values()) {
            if (setting.word.equals(word)) {
                return setting;
            }
        }
        throw new IllegalArgumentException("there is no setting \"" + word + "\"; use one of "
                + Arrays.stream(values()).map(ClusterSetting::word).toList());
    }

    public String word() {
        return word;
    }

    /** What holds until somebody sets it. */
    public long standard() {
        return standard;
    }

    boolean allows(long value) {
        return value >= least && value <= most;
    }

    String range() {
        return least + " to " + most;
    }
}
