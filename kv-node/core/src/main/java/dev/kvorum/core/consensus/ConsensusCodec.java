package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Cause;
import dev.kvorum.core.consensus.ConsensusMessage.Chunk;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.Mismatch;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.StandNow;
import dev.kvorum.core.consensus.ConsensusMessage.Vote;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of packets, and of the parts of them that also reach disks:
 *
 * <pre>
 * packet   = version u8, group var, from 36, to 36, term var, kind u8, body
 * position = index var, term var
 * entry    = index var, term var, kind u8, payload bytes, checksum u32
 * mark     = position, voters (count var, 36 each), learners (the same)
 * hard     = term var, voted u8, [vote 36]
 * </pre>
 */
public final class ConsensusCodec {

    /** The version that this code writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** The longest payload of an entry, and the longest piece of a snapshot. */
    public static final int MOST_PAYLOAD_BYTES = 4 << 20;

    private static final int LEAST_ENTRY_BYTES = 1 + 1 + 1 + 1 + 4;

    private static final int PRE_VOTE = 1;
    private static final int PRE_VOTE_REPLY = 2;
    private static final int VOTE = 3;
    private static final int VOTE_REPLY = 4;
    private static final int APPEND = 5;
    private static final int APPENDED = 6;
    private static final int MISMATCH = 7;
    private static final int HEARTBEAT = 8;
    private static final int HEARTBEAT_REPLY = 9;
    private static final int CHUNK = 10;
    private static final int CHUNK_TAKEN = 11;
    private static final int STAND_NOW = 12;

    private ConsensusCodec() {}

    public static byte[] encode(ConsensusPacket packet) {
        WireWriter out = new WireWriter();
        out.putByte(VERSION).putVar(packet.group());
        packet.from().write(out);
        packet.to().write(out);
        out.putVar(packet.term());
        write(packet.message(), out);
        return out.toBytes();
    }

    /**
     * Reads a whole packet.
     *
     * @throws MalformedException when the bytes are anything else, whatever they are
     */
    public static ConsensusPacket decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        requireVersion(in.getByte());
        int group = (int) readNumber(in, Integer.MAX_VALUE);
        ConsensusPacket packet = new ConsensusPacket(
                group, ReplicaId.read(in), ReplicaId.read(in), readNumber(in, Long.MAX_VALUE), readMessage(in));
        in.end();
        return packet;
    }

    private static void write(ConsensusMessage message, WireWriter out) {
        switch (message) {
            case PreVote(Position last) -> write(last, out.putByte(PRE_VOTE));
            case PreVoteReply(Ballot ballot) -> out.putByte(PRE_VOTE_REPLY).putEnum(ballot);
            case Vote(Position last, Cause cause) ->
                write(last, out.putByte(VOTE).putEnum(cause));
            case VoteReply(Ballot ballot) -> out.putByte(VOTE_REPLY).putEnum(ballot);
            case Append append -> write(append, out.putByte(APPEND));
            case Appended(long matchIndex) -> out.putByte(APPENDED).putVar(matchIndex);
            case Mismatch(long previousIndex, Position agreed) ->
                write(agreed, out.putByte(MISMATCH).putVar(previousIndex));
            case Heartbeat(long round, long commit) ->
                out.putByte(HEARTBEAT).putVar(round).putVar(commit);
            case HeartbeatReply(long round, long agreed) ->
                out.putByte(HEARTBEAT_REPLY).putVar(round).putVar(agreed);
            case Chunk chunk -> {
                write(chunk.mark(), out.putByte(CHUNK));
                out.putVar(chunk.offset()).putVar(chunk.totalBytes()).putBytes(chunk.bytes());
            }
            case ChunkTaken(long markIndex, long nextOffset) ->
                out.putByte(CHUNK_TAKEN).putVar(markIndex).putVar(nextOffset);
            case StandNow() -> out.putByte(STAND_NOW);
        }
    }

    private static void write(Append append, WireWriter out) {
        write(append.previous(), out);
        out.putVar(append.commit()).putVar(append.entries().size());
        append.entries().forEach(entry -> write(entry, out));
    }

    private static ConsensusMessage readMessage(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case PRE_VOTE -> new PreVote(readPosition(in));
            case PRE_VOTE_REPLY -> new PreVoteReply(in.getEnum(Ballot.values()));
            case VOTE -> readVote(in);
            case VOTE_REPLY -> new VoteReply(in.getEnum(Ballot.values()));
            case APPEND -> readAppend(in);
            case APPENDED -> new Appended(readNumber(in, Long.MAX_VALUE));
            case MISMATCH -> new Mismatch(readNumber(in, Long.MAX_VALUE), readPosition(in));
            case HEARTBEAT -> new Heartbeat(readNumber(in, Long.MAX_VALUE), readNumber(in, Long.MAX_VALUE));
            case HEARTBEAT_REPLY -> new HeartbeatReply(readNumber(in, Long.MAX_VALUE), readNumber(in, Long.MAX_VALUE));
            case CHUNK -> readChunk(in);
            case CHUNK_TAKEN -> new ChunkTaken(readNumber(in, Long.MAX_VALUE), readNumber(in, Long.MAX_VALUE));
            case STAND_NOW -> new StandNow();
            default -> throw new MalformedException("unknown consensus message kind " + kind);
        };
    }

    private static Vote readVote(WireReader in) {
        Cause cause = in.getEnum(Cause.values());
        return new Vote(readPosition(in), cause);
    }

    private static Append readAppend(WireReader in) {
        Position previous = readPosition(in);
        long commit = readNumber(in, Long.MAX_VALUE);
        int count = in.getCount(LEAST_ENTRY_BYTES);
        List<Entry> entries = new ArrayList<>(count);
        Position before = previous;
        for (int i = 0; i < count; i++) {
            Entry entry = readEntry(in);
            if (entry.index() != before.index() + 1 || entry.term() < before.term()) {
                throw new MalformedException("entry " + entry.position() + " does not follow " + before);
            }
            before = entry.position();
            entries.add(entry);
        }
        return new Append(previous, commit, entries);
    }

    private static Chunk readChunk(WireReader in) {
        Mark mark = readMark(in);
        long offset = readNumber(in, Long.MAX_VALUE);
        long totalBytes = readNumber(in, Long.MAX_VALUE);
        byte[] bytes = readPayload(in);
        if (offset > totalBytes - bytes.length) {
            throw new MalformedException(
                    "a piece of " + bytes.length + " bytes at " + offset + " exceeds the whole of " + totalBytes);
        }
        return new Chunk(mark, offset, totalBytes, bytes);
    }

    // ---- parts, also for disks

    public static void write(Entry entry, WireWriter out) {
        out.putVar(entry.index()).putVar(entry.term()).putEnum(entry.kind());
        out.putBytes(entry.payload()).putInt(entry.checksum());
    }

    /** Reads an entry as it stands; {@link Entry#isIntact} tells whether it is what was written. */
    public static Entry readEntry(WireReader in) {
        Position position = readPosition(in);
        Entry.Kind kind = in.getEnum(Entry.Kind.values());
        return new Entry(position.index(), position.term(), kind, readPayload(in), in.getInt());
    }

    public static void write(Mark mark, WireWriter out) {
        write(mark.position(), out);
        mark.configuration().write(out);
    }

    public static Mark readMark(WireReader in) {
        return new Mark(readPosition(in), Configuration.read(in));
    }

    public static void write(HardState hardState, WireWriter out) {
        ReplicaId vote = hardState.vote();
        out.putVar(hardState.term()).putByte(vote == null ? 0 : 1);
        if (vote != null) {
            vote.write(out);
        }
    }

    public static HardState readHardState(WireReader in) {
        long term = readNumber(in, Long.MAX_VALUE);
        int voted = in.getByte();
        if (voted > 1) {
            throw new MalformedException("voted or not is 0 or 1, not " + voted);
        }
        return new HardState(term, voted == 1 ? ReplicaId.read(in) : null);
    }

    private static void write(Position position, WireWriter out) {
        out.putVar(position.index()).putVar(position.term());
    }

    private static Position readPosition(WireReader in) {
        return new Position(readNumber(in, Long.MAX_VALUE), readNumber(in, Long.MAX_VALUE));
    }

    private static byte[] readPayload(WireReader in) {
        byte[] payload = in.getBytes();
        if (payload.length > MOST_PAYLOAD_BYTES) {
            throw new MalformedException(
                    payload.length + " bytes in one payload, at most " + MOST_PAYLOAD_BYTES + " are read");
        }
        return payload;
    }

    private static long readNumber(WireReader in, long most) {
        long number = in.getVar();
        if (number < 0 || number > most) {
            throw new MalformedException("a number of 0 to " + most + " is expected, not " + number);
        }
        return number;
    }

    private static void requireVersion(int version) {
        if (version != VERSION) {
            throw new MalformedException("consensus packet of version " + version + ", this node reads " + VERSION);
        }
    }
}
