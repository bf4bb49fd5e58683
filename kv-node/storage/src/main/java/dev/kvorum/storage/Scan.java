package dev.kvorum.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a scan, from one moment's view of the store; the next page sees a later moment. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared; a copy would cost on every operation
public sealed interface Scan {

    /**
     * Entries in stored order: by slot, then bucket, then key, all unsigned.
     *
     * @param cursor gets the page after this one; null when this was the last
     */
    record Page(List<Entry> entries, byte @Nullable [] cursor) implements Scan {}

    /** A file in the range is damaged or unreadable: nothing can be said about the range. */
    record Damaged(Damage damage) implements Scan {}

    /** The storage is closing or closed. */
    record Closed() implements Scan {}

    /** One object. */
    record Entry(int slot, int bucket, byte[] key, byte[] value) {}
}
