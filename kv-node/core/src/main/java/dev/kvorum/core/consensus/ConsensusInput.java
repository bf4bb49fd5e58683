package dev.kvorum.core.consensus;

/** What can happen to the machine. */
public sealed interface ConsensusInput {

    /** What the start found; the first input, and the only one of its kind. */
    record Recovered(Saved saved, Damage damage) implements ConsensusInput {}

    /** Time has passed; the shell sends one every {@link Consensus#TICK_MS} or so to all groups. */
    record Tick() implements ConsensusInput {}

    /** A packet came in; one meant for another replica or group is dropped with a trace. */
    record Received(ConsensusPacket packet) implements ConsensusInput {}

    /** This store and all before it are durable. There is no input for failure: the shell ends the process. */
    record Stored(long opId) implements ConsensusInput {}

    /** The state is applied up to here, durably and together with its {@link Mark}. */
    record Applied(long index) implements ConsensusInput {}

    /** What somebody wants of the group; answered by an effect of the same request id. */
    sealed interface Request extends ConsensusInput {
        long requestId();
    }

    /**
     * A command for the log. Answered by {@link ConsensusEffect.Accepted} or {@link ConsensusEffect.Refused}.
     *
     * @param payload opaque; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // inputs are not compared
    record Propose(long requestId, byte[] payload) implements Request {}

    /** A change of configuration; answered as {@link Propose} is. */
    record Change(long requestId, ConfigurationChange change) implements Request {}

    /**
     * A linearizable read (dissertation 6.4). Answered by {@link ConsensusEffect.ReadReady} or
     * {@link ConsensusEffect.Refused}.
     */
    record Read(long requestId) implements Request {}

    /**
     * The lead should go to another voter. Refused, or answered by a {@link ConsensusEffect.LeaderChanged} some time;
     * when the other does not take over within an election timeout, this leader goes on.
     */
    record HandOver(long requestId, ReplicaId to) implements Request {}

    /**
     * A piece of the applied state that {@link ConsensusEffect.LoadChunk} asked for.
     *
     * @param mark stored with that state; the same for all pieces of a transfer
     */
    @SuppressWarnings("ArrayRecordComponent") // inputs are not compared
    record ChunkLoaded(long transferId, Mark mark, long offset, long totalBytes, byte[] bytes)
            implements ConsensusInput {}

    /** The applied state could not be read; the transfer is begun anew later. */
    record ChunkFailed(long transferId) implements ConsensusInput {}
}
