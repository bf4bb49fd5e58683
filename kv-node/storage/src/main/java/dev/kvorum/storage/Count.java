package dev.kvorum.storage;

/** How many keys a slot range holds. */
public sealed interface Count {

    record Counted(long keys) implements Count {}

    /** A file in the range is damaged or unreadable. */
    record Damaged(Damage damage) implements Count {}

    /** The storage is closing or closed. */
    record Closed() implements Count {}
}
