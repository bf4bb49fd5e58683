package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KvObjectCodecPropertyTest {

    private static final long SEED = Long.getLong("kvorum.seed", 42);
    private static final List<String> TYPES =
            List.of("", "text/plain", "application/json", "application/octet-stream", "image/png; q=ü", "spelled out");

    @Test
    void decodedBytesAreTheObjectThatWasEncoded() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 80_000; i++) {
            KvObject object = object(random);
            byte[] bytes = object.encode();
            KvObject decoded = KvObject.decode(bytes.clone());

            assertThat(decoded).as("seed %d", SEED).isEqualTo(object);
            assertThat(decoded.digest()).as("seed %d", SEED).isEqualTo(object.digest());
            assertThat(object.sizeBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void everySingleFlippedBitIsDetected() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = object(random).encode();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] damaged = bytes.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(damage(damaged)).as("seed %d, bit %d", SEED, bit).contains("damaged");
            }
        }
    }

    @Test
    void everyMutationIsDetected() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 80_000; i++) {
            byte[] bytes = object(random).encode();
            byte[] damaged = mutated(bytes, random);
            if (!Arrays.equals(bytes, damaged)) {
                assertThat(damage(damaged)).as("seed %d, mutation %d", SEED, i).contains("damaged");
            }
        }
    }

    @Test
    void nonsenseUnderAGoodChecksumIsReadOrCalledMalformedAndNothingElse() {
        SplittableRandom random = new SplittableRandom(SEED);
        int malformed = 0;
        for (int i = 0; i < 80_000; i++) {
            byte[] bytes = object(random).encode();
            byte[] forged = sealed(mutated(Arrays.copyOf(bytes, bytes.length - Integer.BYTES), random));
            try {
                KvObject read = KvObject.decode(forged);
                KvObject again = new KvObject(read.siblings().toArray(new Sibling[0]), read.version());
                assertThat(KvObject.decode(again.encode())).as("seed %d", SEED).isEqualTo(read);
            } catch (MalformedException e) {
                malformed++;
            } catch (RuntimeException e) {
                fail("seed %d: %s".formatted(SEED, HexFormat.of().formatHex(forged)), e);
            }
        }
        assertThat(malformed).isGreaterThan(25_000);
    }

    @Test
    void objectThatDoesNotCoverItsSiblingIsRefused() {
        Sibling[] stray = {Samples.sibling(3)};
        byte[] bytes = new KvObject(stray, Version.EMPTY).encode();

        assertThatThrownBy(() -> KvObject.decode(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("does not cover its sibling 3:4");
    }

    @Test
    void siblingsOutOfOrderAreRefused() {
        Sibling[] swapped = {Samples.sibling(3), Samples.sibling(2)};
        byte[] bytes = new KvObject(swapped, Samples.version(Samples.ALL)).encode();

        assertThatThrownBy(() -> KvObject.decode(bytes)).hasMessageContaining("out of order");
    }

    @Test
    void bytesAreTheSameInEveryReleaseAndProcess() {
        Sibling value = new Sibling(
                new Dot(0xA, 300), Kind.JSON, "application/json", 0, 9, Samples.text("id"), Samples.text("{}"));
        KvObject object = KvObject.ABSENT.write(Version.EMPTY.withDot(new Dot(0xB, 7)), value);

        assertThat(HexFormat.of().formatHex(object.encode()))
                .startsWith("01" + "02" + "000000000000000a" + "ac02" + "00" + "000000000000000b" + "00" + "01" + "07"
                        + "01" + "000000000000000a" + "ac02" + "02" + "03" + "00" + "0000000000000009" + "026964"
                        + "027b7d")
                .hasSize(2 * (52 + Integer.BYTES));
    }

    @Test
    void laterFormIsNamed() {
        byte[] later = sealed(new byte[] {2, 0, 0});

        assertThatThrownBy(() -> KvObject.decode(later))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("form 2");
    }

    @Test
    void absentObjectIsReadAsAbsent() {
        assertThat(KvObject.decode(KvObject.ABSENT.encode())).isEqualTo(KvObject.ABSENT);
    }

    @Test
    void decodedObjectKeepsItsBytes() {
        byte[] bytes = object(new SplittableRandom(SEED)).encode().clone();

        assertThat(KvObject.decode(bytes).encode()).isSameAs(bytes);
    }

    private static @Nullable String damage(byte[] bytes) {
        try {
            KvObject.decode(bytes);
            return null;
        } catch (MalformedException e) {
            return e.getMessage();
        }
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] mutated = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> mutated[at] = (byte) random.nextInt();
            case 1 -> mutated = Arrays.copyOf(bytes, at);
            case 2 -> mutated = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
            case 3 -> Arrays.fill(mutated, at, at + random.nextInt(bytes.length - at) + 1, (byte) 0);
            default -> System.arraycopy(Samples.bytes(random, bytes.length), 0, mutated, at, bytes.length - at);
        }
        return mutated;
    }

    private static byte[] sealed(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return new WireWriter().putRaw(body).putInt((int) crc.getValue()).toBytes();
    }

    private static KvObject object(SplittableRandom random) {
        KvObject object = KvObject.ABSENT;
        for (int writes = random.nextInt(5); writes > 0; writes--) {
            Dot dot = new Dot(random.nextInt(4), highest(object) + 1 + random.nextInt(200));
            object = random.nextInt(4) == 0
                    ? object.overwriteAll(sibling(dot, random))
                    : object.write(Version.EMPTY.withDot(new Dot(7, 1 + random.nextInt(9))), sibling(dot, random));
        }
        return object;
    }

    private static long highest(KvObject object) {
        long highest = 0;
        for (long actor = 0; actor < 4; actor++) {
            highest = Math.max(highest, object.version().highest(actor));
        }
        return highest;
    }

    private static Sibling sibling(Dot dot, SplittableRandom random) {
        long hlc = random.nextLong();
        byte[] id = Samples.bytes(random, random.nextInt(3) * 16);
        if (random.nextInt(5) == 0) {
            return Sibling.tombstone(dot, hlc, id);
        }
        String type = TYPES.get(random.nextInt(TYPES.size()));
        byte[] value = Samples.bytes(random, random.nextInt(150));
        return new Sibling(dot, Kind.of(1 + random.nextInt(6)), type, random.nextLong() >>> 21, hlc, id, value);
    }
}
