package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.Apply;
import dev.kvorum.core.consensus.ConsensusEffect.Compact;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands out what is committed, in order, a bounded number ahead of what is applied, and shortens the log behind it
 * (dissertation 5.1). Nothing is handed out before this replica's own copy is durable: a start may find the state
 * behind its log, never ahead of it.
 */
final class Applying {

    private final Own own;
    private long handedOut;
    private long applied;

    Applying(Own own) {
        this.own = own;
    }

    long applied() {
        return applied;
    }

    /** The state is at the log's base or later: found at the start, or installed. */
    void restart(long index) {
        handedOut = index;
        applied = index;
    }

    void onApplied(long index, Consumer<? super ConsensusEffect> out) {
        applied = Math.max(applied, index);
        own.configurations.settle(Math.min(applied, own.commit()));
        var limits = own.config.compaction();
        if (applied - own.log.base().index() >= limits.compactEntries() && applied <= handedOut) {
            long through = applied - limits.keepEntries();
            own.log.compact(through);
            out.accept(new Compact(through));
        }
    }

    void handOut(Consumer<? super ConsensusEffect> out) {
        long most = applied + own.config.compaction().applyEntries();
        long through = Math.min(most, Math.min(own.commit(), own.durable()));
        if (through > handedOut) {
            List<Entry> entries = own.log.slice(handedOut + 1, through, Integer.MAX_VALUE);
            handedOut = through;
            Position place = entries.getLast().position();
            out.accept(new Apply(entries, new Mark(place, own.configurations.at(place.index()))));
        }
    }

    void describe(WireWriter out) {
        out.putVar(handedOut).putVar(applied);
    }
}
