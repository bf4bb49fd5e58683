package dev.kvorum.core.consensus;

import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The log as this replica holds it, durable or not: the entries after a base, which is where the applied state or a
 * compaction has replaced what was before.
 */
final class Log {

    private final ArrayList<Entry> entries = new ArrayList<>();
    private Position base = Position.START;

    /** What a start found. The first entry may serve as the base, since only its place is needed then. */
    void recover(Position applied, List<Entry> found) {
        reset(applied);
        if (found.isEmpty() || found.getFirst().index() == applied.index() + 1) {
            entries.addAll(found);
        } else if (found.getFirst().index() == 1) {
            base = Position.START;
            entries.addAll(found);
        } else {
            base = found.getFirst().position();
            entries.addAll(found.subList(1, found.size()));
        }
    }

    /** Goes on after this place, with nothing. */
    void reset(Position place) {
        entries.clear();
        base = place;
    }

    Position base() {
        return base;
    }

    Position last() {
        return entries.isEmpty() ? base : entries.getLast().position();
    }

    long lastIndex() {
        return base.index() + entries.size();
    }

    /** Whether the place is within what is held, the base included. */
    boolean knows(long index) {
        return index >= base.index() && index <= lastIndex();
    }

    long termAt(long index) {
        Invariants.check(knows(index), "no term of %d is known between %s and %s", index, base, last());
        return index == base.index() ? base.term() : entry(index).term();
    }

    /** Whether this place is in the log. */
    boolean contains(Position place) {
        return knows(place.index()) && termAt(place.index()) == place.term();
    }

    Entry entry(long index) {
        return entries.get((int) (index - base.index() - 1));
    }

    /** From this index on, as many as fit; at least one if there is one. */
    List<Entry> slice(long fromIndex, long throughIndex, int mostBytes) {
        List<Entry> slice = new ArrayList<>();
        long bytes = 0;
        for (long index = fromIndex; index <= throughIndex; index++) {
            Entry entry = entry(index);
            bytes += entry.payload().length;
            if (!slice.isEmpty() && bytes > mostBytes) {
                break;
            }
            slice.add(entry);
        }
        return slice;
    }

    long bytesAfter(long index) {
        long bytes = 0;
        for (long at = index + 1; at <= lastIndex(); at++) {
            bytes += entry(at).payload().length;
        }
        return bytes;
    }

    void append(Entry entry) {
        Invariants.check(
                entry.index() == lastIndex() + 1 && entry.term() >= last().term(),
                "entry %s does not follow %s",
                entry.position(),
                last());
        entries.add(entry);
    }

    void cutFrom(long index) {
        entries.subList((int) (index - base.index() - 1), entries.size()).clear();
    }

    void compact(long throughIndex) {
        Position newBase = new Position(throughIndex, termAt(throughIndex));
        entries.subList(0, (int) (throughIndex - base.index())).clear();
        base = newBase;
    }

    /**
     * The latest place at or before an index whose term is not above the given one (dissertation, end of 3.5): where
     * two logs can agree at best. Each side asking it of the other's answer skips whole terms.
     */
    Position latestNotAbove(long index, long term) {
        long at = Math.min(index, lastIndex());
        while (at > base.index() && termAt(at) > term) {
            at--;
        }
        return at >= base.index() ? new Position(at, termAt(at)) : Position.START;
    }

    void describe(WireWriter out) {
        out.putVar(base.index()).putVar(base.term()).putVar(entries.size());
        entries.forEach(entry -> out.putVar(entry.term()).putInt(entry.checksum()));
    }
}
