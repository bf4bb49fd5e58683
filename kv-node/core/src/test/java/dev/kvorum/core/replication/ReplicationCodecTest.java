package dev.kvorum.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplicationCodecTest {

    private static final int MESSAGES = 20_000;

    private static byte[] encode(ReplicationMessage message) {
        WireWriter out = new WireWriter();
        ReplicationCodec.write(message, out);
        return out.toBytes();
    }

    /** Null when the bytes are malformed; anything but that and a message fails the test. */
    private static @Nullable ReplicationMessage decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        try {
            ReplicationMessage message = ReplicationCodec.read(in);
            in.end();
            return message;
        } catch (MalformedException malformed) {
            return null;
        }
    }

    /** Puts carry an array, which records compare by identity: so by what is written of them. */
    @Test
    void everyMessageIsReadAsItWasWritten() {
        TreeSet<String> kinds = new TreeSet<>();
        for (long seed = 0; seed < MESSAGES; seed++) {
            ReplicationMessage message = new Samples(seed).message();
            byte[] bytes = encode(message);
            ReplicationMessage read = decode(bytes);
            if (read == null) {
                throw new AssertionError("seed " + seed + ": " + message + " is not read");
            }
            assertThat(read.getClass()).isEqualTo(message.getClass());
            assertThat(read.id()).isEqualTo(message.id());
            assertThat(encode(read)).as("seed %d: %s", seed, message).isEqualTo(bytes);
            kinds.add(message.getClass().getSimpleName());
        }
        assertThat(kinds).hasSize(ReplicationMessage.class.getPermittedSubclasses().length);
    }

    @Test
    void messagesCutShortAreMalformed() {
        for (long seed = 0; seed < 500; seed++) {
            byte[] bytes = encode(new Samples(seed).message());
            for (int length = 0; length < bytes.length; length++) {
                assertThat(decode(Arrays.copyOf(bytes, length)))
                        .as("seed %d cut to %d", seed, length)
                        .isNull();
            }
        }
    }

    @Test
    void damagedMessagesAreReadOrMalformedAndNothingElse() {
        int malformed = 0;
        for (long seed = 0; seed < MESSAGES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = encode(new Samples(seed).message());
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            malformed += decode(bytes) == null ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(MESSAGES / 20);
    }

    @Test
    void randomBytesAreReadOrMalformedAndNothingElse() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(13);
            }
            decode(bytes);
        }
    }
}
