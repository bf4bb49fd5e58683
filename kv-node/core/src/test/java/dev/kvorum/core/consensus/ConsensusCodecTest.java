package dev.kvorum.core.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConsensusCodecTest {

    private static final int PACKETS = 5_000;

    @Test
    void everyPacketIsReadAsItWasWritten() {
        for (long seed = 0; seed < PACKETS; seed++) {
            ConsensusPacket packet = packet(new SplittableRandom(seed));
            assertThat(ConsensusCodec.decode(ConsensusCodec.encode(packet)))
                    .as("seed %d", seed)
                    .isEqualTo(packet);
        }
    }

    @Test
    void damagedAndRandomPacketsAreReadOrMalformedAndNothingElse() {
        int malformed = 0;
        for (long seed = 0; seed < PACKETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = ConsensusCodec.encode(packet(random));
            if (random.nextBoolean()) {
                random.nextBytes(bytes);
                bytes[0] = ConsensusCodec.VERSION;
            }
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(ConsensusCodec.decode(bytes)).isNotNull();
            } catch (MalformedException expected) {
                malformed++;
            }
        }
        assertThat(malformed).isGreaterThan(PACKETS / 4);
    }

    @Test
    void everyShortenedPacketIsMalformed() {
        for (long seed = 0; seed < 50; seed++) {
            byte[] whole = ConsensusCodec.encode(packet(new SplittableRandom(seed)));
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> ConsensusCodec.decode(part)).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void entriesThatDoNotFollowEachOtherAreMalformed() {
        Append gap = new Append(Position.START, 0, List.of(OneReplica.entry(2, 1)));
        byte[] bytes = ConsensusCodec.encode(new ConsensusPacket(1, OneReplica.id(1), OneReplica.id(2), 1, gap));
        assertThatThrownBy(() -> ConsensusCodec.decode(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessage("entry 2@1 does not follow 0@0");
    }

    @Test
    void hardStateAndMarkAreReadAsTheyWereWritten() {
        for (HardState state : List.of(HardState.NEW, new HardState(7, OneReplica.id(2)))) {
            WireWriter out = new WireWriter();
            ConsensusCodec.write(state, out);
            assertThat(ConsensusCodec.readHardState(new WireReader(out.toBytes())))
                    .isEqualTo(state);
        }
        Mark mark = mark(new SplittableRandom(5));
        WireWriter out = new WireWriter();
        ConsensusCodec.write(mark, out);
        assertThat(ConsensusCodec.readMark(new WireReader(out.toBytes()))).isEqualTo(mark);
    }

    @Test
    void anyFlippedBitOfAnEntryIsNoticed() {
        for (long seed = 0; seed < PACKETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            WireWriter out = new WireWriter();
            ConsensusCodec.write(entry(random, 5, 3), out);
            byte[] bytes = out.toBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(ConsensusCodec.readEntry(new WireReader(bytes)).isIntact())
                        .as("seed %d", seed)
                        .isFalse();
            } catch (MalformedException alsoNoticed) {
                assertThat(alsoNoticed).hasMessageNotContaining("null");
            }
        }
    }

    private static ConsensusPacket packet(SplittableRandom random) {
        return new ConsensusPacket(
                random.nextInt(0, 1 << 20), id(random), id(random), random.nextLong(0, 1L << 40), message(random));
    }

    private static ConsensusMessage message(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> new PreVote(position(random));
            case 1 -> new PreVoteReply(ballot(random));
            case 2 -> new Vote(position(random), random.nextBoolean() ? Cause.SILENCE : Cause.HANDOVER);
            case 3 -> new VoteReply(ballot(random));
            case 4 -> append(random);
            case 5 -> new Appended(random.nextLong(0, Long.MAX_VALUE));
            case 6 -> new Mismatch(random.nextLong(0, 1L << 50), position(random));
            case 7 -> new Heartbeat(random.nextLong(0, 1L << 50), random.nextLong(0, 99));
            case 8 -> new HeartbeatReply(random.nextLong(0, 1L << 50), random.nextLong(0, 1L << 50));
            case 9 -> new Chunk(mark(random), 5, 5 + random.nextInt(100, 200), payload(random));
            case 10 -> new ChunkTaken(random.nextInt(0, 99), random.nextInt(0, 99));
            default -> new StandNow();
        };
    }

    private static Append append(SplittableRandom random) {
        Position previous = new Position(random.nextInt(0, 1_000), random.nextInt(0, 50));
        List<Entry> entries = new ArrayList<>();
        long term = previous.term();
        for (int i = 1; i <= random.nextInt(5); i++) {
            term += random.nextInt(3);
            entries.add(entry(random, previous.index() + i, term));
        }
        return new Append(previous, random.nextInt(0, 1_000), entries);
    }

    private static Entry entry(SplittableRandom random, long index, long term) {
        Entry.Kind[] kinds = Entry.Kind.values();
        return Entry.of(new Position(index, term), kinds[random.nextInt(kinds.length)], payload(random));
    }

    private static byte[] payload(SplittableRandom random) {
        byte[] payload = new byte[random.nextInt(0, 60)];
        random.nextBytes(payload);
        return payload;
    }

    private static Mark mark(SplittableRandom random) {
        TreeSet<ReplicaId> voters = new TreeSet<>();
        TreeSet<ReplicaId> learners = new TreeSet<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            voters.add(id(random));
            learners.add(id(random));
        }
        return new Mark(position(random), new Configuration(voters, learners));
    }

    private static Position position(SplittableRandom random) {
        return new Position(random.nextLong(0, 1L << 50), random.nextLong(0, 1L << 50));
    }

    private static Ballot ballot(SplittableRandom random) {
        return random.nextBoolean() ? Ballot.GRANTED : Ballot.REFUSED;
    }

    private static ReplicaId id(SplittableRandom random) {
        return new ReplicaId(
                new NodeId(random.nextLong(), random.nextLong(), random.nextInt()),
                random.nextLong(),
                random.nextLong());
    }
}
