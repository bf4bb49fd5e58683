package dev.kvorum.core.consensus;

import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The configurations of the log that may still count: one in force since before the commit index, and those after it.
 * The latest is in force, committed or not (dissertation 4.1); one whose entry is cut off never was.
 */
final class Configurations {

    /** In force from this index on. */
    private record Since(long index, Configuration configuration) {}

    private final List<Since> known = new ArrayList<>(List.of(new Since(0, Configuration.NONE)));

    Configuration latest() {
        return known.getLast().configuration;
    }

    /** The index of the entry that brought the latest. */
    long latestIndex() {
        return known.getLast().index;
    }

    Configuration at(long index) {
        int place = known.size() - 1;
        while (place > 0 && known.get(place).index > index) {
            place--;
        }
        return known.get(place).configuration;
    }

    void reset(Mark mark) {
        known.clear();
        known.add(new Since(mark.index(), mark.configuration()));
    }

    /** Notes the entry if it is a configuration. */
    void append(Entry entry) {
        if (entry.kind() == Entry.Kind.CONFIGURATION) {
            known.add(new Since(entry.index(), Configuration.ofPayload(entry.payload())));
        }
    }

    void cutFrom(long index) {
        while (known.size() > 1 && known.getLast().index >= index) {
            known.removeLast();
        }
    }

    /** Forgets what was replaced at or before an index that will never be cut off. */
    void settle(long index) {
        while (known.size() > 1 && known.get(1).index <= index) {
            known.removeFirst();
        }
    }

    void describe(WireWriter out) {
        out.putVar(known.size());
        for (Since since : known) {
            out.putVar(since.index);
            since.configuration.write(out);
        }
    }
}
