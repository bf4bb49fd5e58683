package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.ExchangeReply;
import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.wire.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipCodecTest {

    private static final int PACKETS = 8_000;

    @Test
    void everyPacketIsReadAsItWasWritten() {
        for (long seed = 0; seed < PACKETS; seed++) {
            MembershipPacket packet = packet(new SplittableRandom(seed));
            assertThat(MembershipCodec.decode(MembershipCodec.encode(packet)))
                    .as("seed %d", seed)
                    .isEqualTo(packet);
        }
    }

    @Test
    void randomBytesAreMalformedAndNothingElse() {
        for (long seed = 0; seed < PACKETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = MembershipCodec.VERSION;
            }
            decodesOrIsMalformed(seed, bytes);
        }
    }

    @Test
    void damagedPacketsAreReadOrMalformedAndNothingElse() {
        int malformed = 0;
        for (long seed = 0; seed < PACKETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = MembershipCodec.encode(packet(random));
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            malformed += decodesOrIsMalformed(seed, bytes) ? 0 : 1;
        }
        assertThat(malformed).isGreaterThan(PACKETS / 10);
    }

    @Test
    void everyShortenedPacketIsMalformed() {
        byte[] whole = MembershipCodec.encode(packet(new SplittableRandom(7)));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MembershipCodec.decode(part))
                    .as("length %d", length)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void trailingBytesAreMalformed() {
        byte[] whole = MembershipCodec.encode(packet(new SplittableRandom(7)));
        assertThatThrownBy(() -> MembershipCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = MembershipCodec.encode(packet(new SplittableRandom(7)));
        bytes[0] = 9;
        assertThatThrownBy(() -> MembershipCodec.decode(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void theLongestHeadAndTheLongestRumourFitIntoTheLeastPacket() {
        Profile longest = new Profile("n".repeat(63), "z".repeat(63), "h".repeat(253), new Ports(1, 2, 3, 4, 5));
        Vitals vitals = new Vitals(Vitals.MOST_INCARNATION, Long.MAX_VALUE, 100);
        NodeId id = new NodeId(1, 2, 3);
        Rumour head = new Rumour(id, longest, MemberState.ALIVE, vitals, id);
        Rumour rumour = new Rumour(id, longest, MemberState.SUSPECT, vitals, new NodeId(4, 5, 6));
        MembershipPacket packet =
                new MembershipPacket("c".repeat(63), id, head, new PingRequest(-1, id), List.of(rumour));

        assertThat(MembershipCodec.encode(packet)).hasSizeLessThan(MembershipCodec.LEAST_PACKET_BYTES);
        assertThat(MembershipCodec.decode(MembershipCodec.encode(packet))).isEqualTo(packet);
    }

    @Test
    void nobodySaysOfItselfThatItIsDead() {
        NodeId id = new NodeId(1, 2, 3);
        Rumour head = new Rumour(id, profile(new SplittableRandom(1)), MemberState.DEAD, new Vitals(1, 1, 100), id);
        assertThatThrownBy(() -> new MembershipPacket("c", id, head, new Gossip(), List.of()))
                .hasMessageContaining("DEAD");
    }

    private static boolean decodesOrIsMalformed(long seed, byte[] bytes) {
        try {
            MembershipCodec.decode(bytes);
            return true;
        } catch (MalformedException expected) {
            return false;
        } catch (RuntimeException other) {
            throw new AssertionError("seed " + seed, other);
        }
    }

    private static MembershipPacket packet(SplittableRandom random) {
        NodeId sender = id(random);
        MemberState word = random.nextBoolean() ? MemberState.ALIVE : MemberState.LEFT;
        return new MembershipPacket(
                text(random, 63),
                id(random),
                new Rumour(sender, profile(random), word, vitals(random), sender),
                message(random),
                rumours(random, 5));
    }

    private static MembershipMessage message(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Ping(random.nextLong());
            case 1 -> new PingRequest(random.nextLong(), id(random));
            case 2 -> new Ack(random.nextLong());
            case 3 -> new Nack(random.nextLong());
            case 4 -> new Gossip();
            case 5 -> new ExchangeRequest(rumours(random, 20));
            default -> new ExchangeReply(rumours(random, 20));
        };
    }

    private static List<Rumour> rumours(SplittableRandom random, int most) {
        List<Rumour> rumours = new ArrayList<>();
        for (int count = random.nextInt(most); count > 0; count--) {
            MemberState[] states = MemberState.values();
            rumours.add(new Rumour(
                    id(random), profile(random), states[random.nextInt(states.length)], vitals(random), id(random)));
        }
        return rumours;
    }

    private static Profile profile(SplittableRandom random) {
        return new Profile(text(random, 63), text(random, 63), text(random, 253), ports(random));
    }

    private static Vitals vitals(SplittableRandom random) {
        return new Vitals(
                1 + (random.nextLong() >>> random.nextInt(2, 63)),
                random.nextLong() >>> random.nextInt(1, 63),
                random.nextInt(101));
    }

    private static Ports ports(SplittableRandom random) {
        int first = random.nextInt(1, 0x10000 - 5);
        return new Ports(first, first + 1, first + 2, first + 3, first + 4);
    }

    private static NodeId id(SplittableRandom random) {
        return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    private static String text(SplittableRandom random, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(1, most + 1); length > 0; length--) {
            text.append((char) random.nextInt('!', 0x7F));
        }
        return text.toString();
    }
}
