package dev.kvorum.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a consensus group had on the disk at a start, as it was handed over then; whether it makes sense is for the
 * group to judge.
 *
 * @param vote absent when nothing was ever stored
 * @param mark absent when nothing was ever applied
 * @param sections of the applied state, by key
 * @param entries in order of index
 * @param lastIndex of the last entry; 0 without entries
 */
public record GroupContent(
        Optional<byte[]> vote,
        Optional<byte[]> mark,
        SortedMap<Integer, byte[]> sections,
        List<byte[]> entries,
        long lastIndex) {

    public GroupContent {
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
        entries = List.copyOf(entries);
    }

    /** Sorts records into their kinds. */
    static final class Collector {

        private final TreeMap<Integer, byte[]> sections = new TreeMap<>();
        private final List<byte[]> entries = new ArrayList<>();
        private Optional<byte[]> vote = Optional.empty();
        private Optional<byte[]> mark = Optional.empty();
        private long lastIndex;

        void take(byte[] key, byte[] value) {
            switch (GroupKeys.kindOf(key)) {
                case GroupKeys.VOTE -> vote = Optional.of(value);
                case GroupKeys.MARK -> mark = Optional.of(value);
                case GroupKeys.SECTION -> sections.put(GroupKeys.sectionOf(key), value);
                case GroupKeys.ENTRY -> {
                    entries.add(value);
                    lastIndex = GroupKeys.indexOf(key);
                }
                default -> throw new IllegalStateException("a record of unknown kind in the raft family");
            }
        }

        GroupContent content() {
            return new GroupContent(vote, mark, sections, entries, lastIndex);
        }
    }
}
