package dev.kvorum.core.consensus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine asks of its shell, and what it reports. Stores, applications and compactions reach the disk in the
 * order in which they were asked for.
 */
public sealed interface ConsensusEffect {

    /** Send the packet, encoded by {@link ConsensusCodec}; it may get lost, doubled or late, never altered. */
    record Send(ConsensusPacket packet) implements ConsensusEffect {}

    /**
     * Make this durable and answer {@link ConsensusInput.Stored}.
     *
     * @param opId grows by one with each
     * @param entries replace everything from the first one's index on; when empty, the log stays
     */
    record Store(long opId, HardState hardState, List<Entry> entries) implements ConsensusEffect {
        public Store {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Replace, in one atomic step, the applied state by the collected pieces, its mark by this one, and the log by an
     * empty one; then answer {@link ConsensusInput.Stored}. What was handed out to be applied before is void.
     */
    record StoreSnapshot(long opId, HardState hardState, Mark mark) implements ConsensusEffect {}

    /** Put a piece of a snapshot beside the state; offset 0 begins a new one. Need not be durable, nor be answered. */
    @SuppressWarnings("ArrayRecordComponent") // effects are not compared
    record StoreChunk(Mark mark, long offset, byte[] bytes) implements ConsensusEffect {}

    /**
     * Apply committed entries in order, of which those of kind {@link Entry.Kind#COMMAND} are the state machine's;
     * store the new state and the mark in one atomic batch, then answer {@link ConsensusInput.Applied}.
     *
     * @param mark where the state is then
     */
    record Apply(List<Entry> entries, Mark mark) implements ConsensusEffect {
        public Apply {
            entries = List.copyOf(entries);
        }
    }

    /** The log up to here, which is applied, may be deleted. Need not be durable, nor be answered. */
    record Compact(long throughIndex) implements ConsensusEffect {}

    /**
     * Read a piece of the applied state: at offset 0 of a new transfer, of the state as it is now, kept as long as the
     * transfer lasts. Answer {@link ConsensusInput.ChunkLoaded} or {@link ConsensusInput.ChunkFailed}.
     */
    record LoadChunk(long transferId, long offset, int mostBytes) implements ConsensusEffect {}

    /** The transfer is over; let its state go. */
    record CloseTransfer(long transferId) implements ConsensusEffect {}

    /**
     * The request has a place in the log. It has happened when {@link Apply} hands out the entry of this index with
     * this term, and will never happen when that entry has another term.
     */
    record Accepted(long requestId, Position position) implements ConsensusEffect {}

    /** The request was not taken and has no effect. */
    record Refused(long requestId, Refusal refusal) implements ConsensusEffect {}

    /** The state that is applied now is fresh enough for this read. */
    record ReadReady(long requestId) implements ConsensusEffect {}

    /**
     * This replica does something else now, or knows of another leader.
     *
     * @param leader null when none is known; this replica itself when it leads
     */
    record LeaderChanged(Role role, long term, @Nullable ReplicaId leader) implements ConsensusEffect {}

    /** The configuration that is in force here, committed or not; the shell keeps links to its replicas. */
    record ConfigurationChanged(Configuration configuration) implements ConsensusEffect {}

    /**
     * This replica lost what it had promised. It never votes nor acknowledges again; the node comes back with a new
     * volume id, and so as another replica.
     */
    record LogLost(String what) implements ConsensusEffect {}

    /** For logs, counters and the simulator's checks; asks for nothing. */
    record Trace(ConsensusTrace event) implements ConsensusEffect {}
}
