package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipInput.Received;
import dev.kvorum.core.membership.MembershipInput.Tick;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bug of the machine ends the process, so nothing that anybody can send it may be one. */
class MembershipHostilePacketsTest {

    private static final int LIVES = 300;
    private static final int PACKETS = 400;
    private static final List<NodeId> NODES =
            IntStream.range(0, 6).mapToObj(Conversation::node).toList();

    @Test
    void whateverCanBeReadIsTakenAndAnsweredInPacketsThatCanBeRead() {
        long answers = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            answers += live(seed);
        }
        assertThat(answers).isGreaterThan(LIVES * PACKETS / 10);
    }

    /** One machine among liars; how much it said. */
    private static long live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Conversation talk = new Conversation(Conversation.seed(1), Conversation.seed(2));
        long said = 0;
        for (int packet = 0; packet < PACKETS; packet++) {
            talk.nowMs += random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(Membership.TICK_MS);
            MembershipInput input = random.nextInt(4) == 0 ? new Tick() : received(random);
            try {
                for (MembershipEffect effect : talk.input(input)) {
                    if (effect instanceof Send send) {
                        MembershipCodec.decode(MembershipCodec.encode(send.packet()));
                        said++;
                    }
                }
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + seed + ": " + input, bug);
            }
            assertThat(talk.machine.view().isAlive(Conversation.SELF)).isTrue();
        }
        return said;
    }

    private static Received received(SplittableRandom random) {
        Transport transport = random.nextBoolean() ? Transport.UDP : Transport.TCP;
        MembershipPacket packet = RandomPackets.between(random, Conversation.CLUSTER, NODES);
        return new Received(transport, new Contact("10.0.0.1", 40_000), packet);
    }
}
