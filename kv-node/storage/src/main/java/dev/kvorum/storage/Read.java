package dev.kvorum.storage;

/** What a look-up found. Only {@link Absent} means that the key is not there. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared; a copy would cost on every operation
public sealed interface Read {

    /** The value; the array is the caller's. */
    record Found(byte[] value) implements Read {}

    /** The key is not there: neither in memory nor in any file. */
    record Absent() implements Read {}

    /** Memory does not say; {@link NodeStorage#getBlocking} does, on a thread that may wait. */
    record NeedsIo() implements Read {}

    /** The file that would say is damaged or unreadable; another replica has to answer. */
    record Damaged(Damage damage) implements Read {}

    /** The storage is closing or closed. */
    record Closed() implements Read {}
}
