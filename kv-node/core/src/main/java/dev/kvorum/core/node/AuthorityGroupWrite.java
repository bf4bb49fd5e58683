package dev.kvorum.core.node;

import dev.kvorum.core.authority.StoreBatch;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import java.util.List;

/** What becomes durable at once or not at all. Writes reach the disk in the order in which they were asked for. */
public sealed interface AuthorityGroupWrite {

    /** Term, vote, and entries that replace everything from the first one's index on. */
    record LogWrite(HardState hardState, List<Entry> entries) implements AuthorityGroupWrite {
        public LogWrite {
            entries = List.copyOf(entries);
        }
    }

    /** The applied state with its place in the log. */
    record StateWrite(Mark mark, StoreBatch state) implements AuthorityGroupWrite {}

    /** A state of the leader's instead of state and log; the log is empty after it. */
    record SnapshotWrite(HardState hardState, Mark mark, StoreBatch state) implements AuthorityGroupWrite {}
}
