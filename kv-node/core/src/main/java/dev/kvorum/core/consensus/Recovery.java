package dev.kvorum.core.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a start found. A torn tail was never promised to anybody, and is gone. Anything else that is wrong means
 * that a promise may be forgotten, and whoever forgot one must not speak under its old name.
 */
final class Recovery {

    private Recovery() {}

    /** What makes the replica lost; null when it may go on. */
    static @Nullable String loss(Saved saved, Damage damage, ConsensusConfig config) {
        return switch (damage) {
            case Damage.None() -> contradiction(saved);
            case Damage.TornTail() -> contradiction(saved);
            case Damage.SyncedLost(String what) ->
                config.has(ConsensusFlaw.DAMAGE_IS_TORN_TAIL) ? contradiction(saved) : what;
        };
    }

    private static @Nullable String contradiction(Saved saved) {
        long applied = saved.applied().index();
        List<Entry> entries = saved.entries();
        long next = entries.isEmpty() ? applied + 1 : entries.getFirst().index();
        if (next > applied + 1) {
            return "the log begins at " + next + ", the state ends at " + applied;
        }
        for (Entry entry : entries) {
            if (entry.index() != next++) {
                return "entry " + (next - 1) + " is missing, " + entry.index() + " follows";
            }
            if (!entry.isIntact()) {
                return "entry " + entry.index() + " is damaged";
            }
            if (entry.index() == applied
                    && entry.term() != saved.applied().position().term()) {
                return "entry " + entry.position() + " is not the one applied, "
                        + saved.applied().position();
            }
        }
        return next <= applied ? "the log ends at " + (next - 1) + ", the state at " + applied : null;
    }
}
