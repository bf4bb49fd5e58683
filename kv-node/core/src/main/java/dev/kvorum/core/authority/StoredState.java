package dev.kvorum.core.authority;

import dev.kvorum.core.wire.MalformedException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node's store holds of the authority: all batches up to the last one, laid over each other.
 *
 * @param index of the last entry applied
 */
public record StoredState(long index, long term, SortedMap<Integer, byte[]> sections) {

    /** Of a store that never took a batch. */
    public static final StoredState EMPTY = new StoredState(0, 0, StateForm.sections(AuthorityState.EMPTY));

    public StoredState {
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }

    public StoredState with(StoreBatch batch) {
        TreeMap<Integer, byte[]> laid = new TreeMap<>(sections);
        laid.putAll(batch.sections());
        return new StoredState(batch.index(), batch.term(), laid);
    }

    /**
     * The state in it.
     *
     * @throws MalformedException when the sections are not those of a state
     */
    public StateForm.Snapshot read() {
        return new StateForm.Snapshot(index, term, StateForm.read(sections));
    }
}
