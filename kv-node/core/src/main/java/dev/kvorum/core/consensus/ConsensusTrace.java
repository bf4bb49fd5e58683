package dev.kvorum.core.consensus;

/** What the machine tells about its work. */
public sealed interface ConsensusTrace {

    /** A packet for another replica or another group was dropped. */
    record Misdirected(ConsensusPacket packet) implements ConsensusTrace {}

    /** An election began, or a look whether one would make sense. */
    record Stood(Role role, long term) implements ConsensusTrace {}

    /** As leader, no majority was heard for an election timeout. */
    record LostTouch(long term) implements ConsensusTrace {}

    /** Entries that no majority held were replaced by those of a newer leader. */
    record Cut(long fromIndex, long lastIndex) implements ConsensusTrace {}

    /** A follower is behind the log, and is sent the state. */
    record TransferBegan(ReplicaId to, long transferId) implements ConsensusTrace {}

    /** This replica's state was replaced by a leader's. */
    record Installed(Mark mark) implements ConsensusTrace {}

    /** A packet carried an entry whose checksum is wrong, and was dropped. */
    record DamagedEntry(ReplicaId from, long index) implements ConsensusTrace {}
}
