package dev.kvorum.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.replication.Pace;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.replication.Standing;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.wire.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private static final Handshake HANDSHAKE = new Handshake(
            new Greeting(
                    "cluster",
                    1,
                    3,
                    99,
                    new NodeId(1, 2, 3),
                    new VolumeStart(new VolumeId(4, 5), 1, 6, 17),
                    new Greeting.Witnessed(new VolumeId(7, 8), 9)),
            0,
            1);

    private final FrameReader reader = new FrameReader();
    private final List<ReplicationMessage> read = new ArrayList<>();

    private static byte[] frame(ReplicationMessage... messages) {
        FrameWriter writer = new FrameWriter();
        Arrays.stream(messages).forEach(writer::add);
        return writer.finish(1_000, 77, 5);
    }

    @Test
    void oneFrameCarriesAllThatWasAddedInOrder() {
        FrameWriter writer = new FrameWriter();
        assertThat(writer.isEmpty()).isTrue();
        writer.add(new WriteAck(1, 2));
        writer.add(new ProbeAnswer(2, Standing.VOTING, Pace.STEADY));
        assertThat(writer.isEmpty()).isFalse();
        reader.feed(writer.finish(1_000, 77, 5));
        assertThat(writer.isEmpty()).isTrue();
        reader.drain(1_000, read::add);
        assertThat(read).containsExactly(new WriteAck(1, 2), new ProbeAnswer(2, Standing.VOTING, Pace.STEADY));
    }

    @Test
    void framesAreReadWhateverThePiecesInWhichTheyCome() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes(FrameWriter.handshake(HANDSHAKE));
            List<ReplicationMessage> sent = new ArrayList<>();
            for (int frames = random.nextInt(1, 20); frames > 0; frames--) {
                FrameWriter writer = new FrameWriter();
                for (int messages = random.nextInt(1, 200); messages > 0; messages--) {
                    sent.add(new WriteAck(random.nextLong(), random.nextLong(1, 99)));
                    writer.add(sent.getLast());
                }
                stream.writeBytes(writer.finish(0, 0, 0));
            }
            assertThat(inPieces(stream.toByteArray(), random))
                    .as("seed %d", seed)
                    .isEqualTo(sent);
        }
    }

    private static List<ReplicationMessage> inPieces(byte[] bytes, SplittableRandom random) {
        FrameReader tested = new FrameReader();
        List<ReplicationMessage> messages = new ArrayList<>();
        Handshake handshake = null;
        for (int from = 0, to; from < bytes.length; from = to) {
            to = Math.min(bytes.length, from + random.nextInt(1, random.nextBoolean() ? 9 : 3_000));
            tested.feed(Arrays.copyOfRange(bytes, from, to));
            if (handshake == null) {
                handshake = tested.nextHandshake();
            }
            if (handshake != null) {
                tested.drain(0, messages::add);
            }
        }
        assertThat(handshake).isEqualTo(HANDSHAKE);
        return messages;
    }

    @Test
    void everyFlippedBitOfAFrameIsNoticed() {
        byte[] sound = frame(new WriteAck(1, 2));
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            FrameReader tested = new FrameReader();
            tested.feed(damaged);
            List<ReplicationMessage> messages = new ArrayList<>();
            boolean noticed = false;
            try {
                tested.drain(0, messages::add);
            } catch (MalformedException malformed) {
                noticed = true;
            }
            // a longer length only makes the reader wait for more, which never comes or fails the checksum
            assertThat(noticed || messages.isEmpty()).as("bit %d", bit).isTrue();
        }
    }

    @Test
    void lengthsThatNoFrameHasAreRefusedBeforeAnythingIsAllocated() {
        for (int length : new int[] {-1, 0, 3, Frames.MOST_BYTES + 1, Integer.MAX_VALUE}) {
            FrameReader tested = new FrameReader();
            tested.feed(ByteBuffer.allocate(8).putInt(length).array());
            assertThatThrownBy(() -> tested.drain(1_000, read::add))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("a frame of " + length + " bytes");
        }
    }

    @Test
    void whatWasOnTheWayForLongerLeavesLessTimeToItsReceiver() {
        Key key = new Key(0, new byte[] {'k'});
        WriteReplica write = new WriteReplica(1, 1, key, KvObject.ABSENT, Durability.FSYNC, 2_000);
        ReadReplica read = new ReadReplica(2, 1, key, Detail.DIGEST, 300);
        FrameWriter writer = new FrameWriter();
        for (long sentMs : new long[] {1_000, 2_000, 3_000}) {
            writer.add(write);
            writer.add(read);
            writer.add(new Forward(3, 4, 5, request(key, 1_500)));
            writer.add(new WriteAck(6, 1));
            reader.feed(writer.finish(sentMs, 77, 5));
            // The clocks are 900,000 ms apart; the second frame takes 400 ms longer than the others, on a link of 7 ms.
            reader.drain(sentMs + 900_007 + (sentMs == 2_000 ? 400 : 0), this.read::add);
        }
        assertThat(this.read.subList(0, 4)).isEqualTo(this.read.subList(8, 12));
        assertThat(this.read.subList(0, 3))
                .extracting(FrameReaderTest::remainingMs)
                .containsExactly(2_000, 300, 1_500);
        assertThat(this.read.subList(4, 7))
                .extracting(FrameReaderTest::remainingMs)
                .containsExactly(1_600, 0, 1_100);
        assertThat(this.read.get(7)).isEqualTo(new WriteAck(6, 1));
    }

    private static ClientRequest request(Key key, int timeoutMs) {
        return new ClientRequest(key, new Operation.Read(), new Levels(1, 1, Durability.OS, 1), null, 0, timeoutMs);
    }

    @Test
    void clocksThatDriftApartDoNotAgeALink() {
        LinkAge age = new LinkAge();
        long oldest = 0;
        for (long second = 0; second < 24 * 3_600; second++) {
            // 100 parts in a million
            oldest = Math.max(oldest, age.ageMs(second * 1_000, second * 1_000 + second / 10));
        }
        assertThat(oldest).isLessThanOrEqualTo(13);
    }

    private static int remainingMs(ReplicationMessage message) {
        return switch (message) {
            case WriteReplica write -> write.remainingMs();
            case ReadReplica read -> read.remainingMs();
            case Forward forward -> forward.request().timeoutMs();
            case ReplicationMessage other -> throw new AssertionError(other);
        };
    }

    @Test
    void aStrangerIsRecognizedByItsFirstBytes() {
        FrameWriter writer = new FrameWriter();
        writer.add(new WriteAck(1, 2));
        reader.feed(writer.finish(0, 0, 0));
        assertThatThrownBy(reader::nextHandshake).isInstanceOf(MalformedException.class);
    }
}
