package dev.kvorum.core.replication;

/** Whether a node runs without long pauses of late. */
public enum Pace {
    /** It started, or stood still, only just now, and may stand still again: a home only where nobody steady is. */
    WARMING_UP,
    /** Requests may count on it. */
    STEADY
}
