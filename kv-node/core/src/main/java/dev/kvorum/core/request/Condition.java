package dev.kvorum.core.request;

/**
 * What must hold at the coordinator for a write to be carried out. Checked one request at a time per key, which is as
 * exclusive as Redis with failover; it is not linearizable across a change of home.
 */
public sealed interface Condition {

    /** Always. */
    record None() implements Condition {}

    /** No live value. */
    record Absent() implements Condition {}

    /** A live value. */
    record Present() implements Condition {}

    /** The live state has this digest (an {@code ETag}). */
    record Matches(long digest) implements Condition {}

    /** The instance that always holds. */
    Condition NONE = new None();
}
