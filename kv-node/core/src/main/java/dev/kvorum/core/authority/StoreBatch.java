package dev.kvorum.core.authority;

import dev.kvorum.core.wire.MalformedException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must become durable at once: the index that was applied last and the sections of the state that changed.
 *
 * @param sections whole new contents by key; a section is never removed
 */
public record StoreBatch(long index, long term, SortedMap<Integer, byte[]> sections) {

    public StoreBatch {
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }

    /** One checksummed value, for a store that keeps batches whole. */
    public byte[] encode() {
        return StateForm.encode(index, term, sections);
    }

    /**
     * Reads what {@link #encode} made.
     *
     * @throws MalformedException when the bytes are anything else
     */
    public static StoreBatch decode(byte[] bytes) {
        return StateForm.readBatch(bytes);
    }
}
