package dev.kvorum.core.consensus;

import java.util.Arrays;
import java.util.List;

/** The messages of the protocol; the term stands in their packet. */
public sealed interface ConsensusMessage {

    /** How a voter decides; its place here is its code on the wire. */
    enum Ballot {
        GRANTED,
        REFUSED
    }

    /** Why somebody stands for election; its place here is its code on the wire. */
    enum Cause {
        /** It has not heard of a leader. */
        SILENCE,
        /** The leader asked it to, so that this leader's lease is no reason to refuse (dissertation 3.10). */
        HANDOVER
    }

    /** Asks whether the receiver would vote (dissertation 9.6); changes nothing at the receiver. */
    record PreVote(Position last) implements ConsensusMessage {}

    /** Answers a {@link PreVote}. */
    record PreVoteReply(Ballot ballot) implements ConsensusMessage {}

    /**
     * Asks for a vote (3.4).
     *
     * @param last where the candidate's log ends
     */
    record Vote(Position last, Cause cause) implements ConsensusMessage {}

    /** Answers a {@link Vote}; a granted one is durable. */
    record VoteReply(Ballot ballot) implements ConsensusMessage {}

    /**
     * Entries, or none to find out where logs agree (3.5).
     *
     * @param previous the place before the first entry
     * @param commit how far the leader has committed
     */
    record Append(Position previous, long commit, List<Entry> entries) implements ConsensusMessage {
        public Append {
            entries = List.copyOf(entries);
        }
    }

    /** The sender's log agrees with the leader's up to here, durably. */
    record Appended(long matchIndex) implements ConsensusMessage {}

    /**
     * The logs do not agree at the place of an {@link Append}.
     *
     * @param previousIndex of that place
     * @param agreed the latest place of the sender's log where they could (end of 3.5: conflict term and index)
     */
    record Mismatch(long previousIndex, Position agreed) implements ConsensusMessage {}

    /**
     * The leader lives (3.4).
     *
     * @param round grows; an answer repeats it, so that reads know what it confirms (6.4)
     * @param commit of what the receiver has acknowledged
     */
    record Heartbeat(long round, long commit) implements ConsensusMessage {}

    /**
     * Answers a {@link Heartbeat}.
     *
     * @param agreed how far the sender knows, in this term and since its start, that its log is the leader's; a leader
     *     that has a later acknowledgement shows it once more
     */
    record HeartbeatReply(long round, long agreed) implements ConsensusMessage {}

    /**
     * A piece of the state at a mark, for a replica that is behind the leader's log (5.1).
     *
     * @param offset of the piece, in bytes
     * @param totalBytes of the whole
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
    record Chunk(Mark mark, long offset, long totalBytes, byte[] bytes) implements ConsensusMessage {
        boolean isLast() {
            return offset + bytes.length == totalBytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Chunk that
                    && mark.equals(that.mark)
                    && offset == that.offset
                    && totalBytes == that.totalBytes
                    && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return mark.hashCode() * 31 + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Chunk[" + mark.position() + ", " + offset + "+" + bytes.length + " of " + totalBytes + "]";
        }
    }

    /** The sender has the pieces of the state at {@code markIndex} up to {@code nextOffset}. */
    record ChunkTaken(long markIndex, long nextOffset) implements ConsensusMessage {}

    /** The receiver should stand for election at once (3.10). */
    record StandNow() implements ConsensusMessage {}
}
