package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.wire.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipCodecTest {

    private static final int PACKETS = 8_000;

    @Test
    void everyPacketIsReadAsItWasWritten() {
        for (long seed = 0; seed < PACKETS; seed++) {
            MembershipPacket packet = RandomPackets.any(new SplittableRandom(seed));
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
            byte[] bytes = MembershipCodec.encode(RandomPackets.any(random));
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            malformed += decodesOrIsMalformed(seed, bytes) ? 0 : 1;
        }
        assertThat(malformed).isGreaterThan(PACKETS / 10);
    }

    @Test
    void everyShortenedPacketIsMalformed() {
        byte[] whole = MembershipCodec.encode(RandomPackets.any(new SplittableRandom(7)));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MembershipCodec.decode(part))
                    .as("length %d", length)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void trailingBytesAreMalformed() {
        byte[] whole = MembershipCodec.encode(RandomPackets.any(new SplittableRandom(7)));
        assertThatThrownBy(() -> MembershipCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = MembershipCodec.encode(RandomPackets.any(new SplittableRandom(7)));
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
        Rumour head = new Rumour(id, Conversation.profile(1), MemberState.DEAD, new Vitals(1, 1, 100), id);
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
}
