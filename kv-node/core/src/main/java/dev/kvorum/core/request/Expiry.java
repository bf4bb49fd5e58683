package dev.kvorum.core.request;

/** When the value that a write leaves behind expires. */
public sealed interface Expiry {

    /** Never. */
    record Never() implements Expiry {}

    /** So many milliseconds after the coordinator stamped the write. */
    record After(long ttlMs) implements Expiry {}

    /** At this wall-clock time, in milliseconds since 1970. */
    record At(long epochMs) implements Expiry {}

    /** When the value that it replaces would have expired. */
    record Keep() implements Expiry {}

    /** The instance that never expires. */
    Expiry NEVER = new Never();
}
