package dev.kvorum.operator.plan;

/** What the status says something about. */
public enum ConditionType {
    /** Every node serves, and its peers say so too. */
    READY("Ready"),
    /** Every key can be read and written. */
    AVAILABLE("Available"),
    /** The operator is on the way to what the spec asks. */
    PROGRESSING("Progressing"),
    /** Something is wrong that does not heal by waiting alone. */
    DEGRADED("Degraded"),
    /** All nodes hold the same ring and nothing moves. */
    RING_STABLE("RingStable"),
    /** The number or place of nodes is not what the spec asks, and why. */
    SCALING_LIMITED("ScalingLimited"),
    /** A change of the spec waits before it reaches the nodes. */
    UPDATE_AVAILABLE("UpdateAvailable"),
    /** The user asked the operator to change nothing. */
    PAUSED("Paused");

    private final String word;

    ConditionType(String word) {
        this.word = word;
    }

    /** The type as the status spells it. */
    public String word() {
        return word;
    }
}
