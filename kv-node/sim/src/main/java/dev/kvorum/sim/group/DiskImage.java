package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a volume holds of a group: hard state, log, applied state with its mark. */
final class DiskImage {

    /** Something that changes an image, whole or not at all. */
    sealed interface Change {}

    record Log(long opId, HardState hardState, List<Entry> entries) implements Change {}

    record Snapshot(long opId, HardState hardState, Mark mark, Registers state) implements Change {}

    record State(Mark mark, Registers state) implements Change {}

    record Compaction(long throughIndex) implements Change {}

    HardState hardState = HardState.NEW;
    Mark mark;
    Registers state = Registers.EMPTY;
    final TreeMap<Long, Entry> log = new TreeMap<>();

    DiskImage(Configuration founding) {
        mark = Mark.start(founding);
    }

    DiskImage copy() {
        DiskImage copy = new DiskImage(Configuration.NONE);
        copy.hardState = hardState;
        copy.mark = mark;
        copy.state = state;
        copy.log.putAll(log);
        return copy;
    }

    void apply(Change change) {
        switch (change) {
            case Log(long _, HardState hard, List<Entry> entries) -> {
                hardState = hard;
                if (!entries.isEmpty()) {
                    log.tailMap(entries.getFirst().index(), true).clear();
                    entries.forEach(entry -> log.put(entry.index(), entry));
                }
            }
            case Snapshot(long _, HardState hard, Mark at, Registers installed) -> {
                hardState = hard;
                mark = at;
                state = installed;
                log.clear();
            }
            case State(Mark at, Registers applied) -> {
                mark = at;
                state = applied;
            }
            case Compaction(long through) -> log.headMap(through, true).clear();
        }
    }

    /** Where the log ends. */
    long lastIndex() {
        return log.isEmpty() ? mark.index() : Math.max(mark.index(), log.lastKey());
    }

    Saved saved() {
        return new Saved(hardState, mark, new ArrayList<>(log.values()));
    }
}
