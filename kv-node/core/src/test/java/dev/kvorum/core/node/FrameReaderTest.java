package dev.kvorum.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.Standing;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private static final Handshake HANDSHAKE =
            new Handshake(Handshake.PROTOCOL, "cluster", 3, 99, new NodeId(1, 2, 3), "ab".repeat(16), 17, 0, 1);

    private final FrameReader reader = new FrameReader();
    private final List<ReplicationMessage> read = new ArrayList<>();

    private static byte[] frame(ReplicationMessage... messages) {
        FrameWriter writer = new FrameWriter();
        Arrays.stream(messages).forEach(writer::add);
        return writer.finish(1_000, 5);
    }

    @Test
    void oneFrameCarriesAllThatWasAddedInOrder() {
        FrameWriter writer = new FrameWriter();
        assertThat(writer.isEmpty()).isTrue();
        writer.add(new WriteAck(1, 2));
        writer.add(new ProbeAnswer(2, Standing.VOTING));
        assertThat(writer.isEmpty()).isFalse();
        reader.feed(writer.finish(1_000, 5));
        assertThat(writer.isEmpty()).isTrue();
        reader.drain(read::add);
        assertThat(read).containsExactly(new WriteAck(1, 2), new ProbeAnswer(2, Standing.VOTING));
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
                stream.writeBytes(writer.finish(0, 0));
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
                tested.drain(messages::add);
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
                tested.drain(messages::add);
            } catch (MalformedException malformed) {
                noticed = true;
            }
            // a longer length only makes the reader wait for more, which never comes or fails the checksum
            assertThat(noticed || messages.isEmpty()).as("bit %d", bit).isTrue();
        }
    }

    @Test
    void lengthsThatNoFrameHasAreRefusedBeforeAnythingIsAllocated() {
        for (int length : new int[] {-1, 0, 3, FrameReader.MOST_BYTES + 1, Integer.MAX_VALUE}) {
            FrameReader tested = new FrameReader();
            tested.feed(ByteBuffer.allocate(8).putInt(length).array());
            assertThatThrownBy(() -> tested.drain(read::add))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("a frame of " + length + " bytes");
        }
    }

    @Test
    void aStrangerIsRecognizedByItsFirstBytes() {
        FrameWriter writer = new FrameWriter();
        writer.add(new WriteAck(1, 2));
        reader.feed(writer.finish(0, 0));
        assertThatThrownBy(reader::nextHandshake).isInstanceOf(MalformedException.class);
    }
}
