package dev.kvorum.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.authority.AuthorityMessage.Forward;
import dev.kvorum.core.authority.AuthorityMessage.IAm;
import dev.kvorum.core.authority.AuthorityMessage.NotLeader;
import dev.kvorum.core.authority.AuthorityMessage.Reply;
import dev.kvorum.core.authority.AuthorityMessage.WhoAreYou;
import dev.kvorum.core.wire.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AuthorityCodecTest {

    @Test
    void everySubmissionAndStateIsReadAsItWasWritten() {
        for (long seed = 0; seed < 200; seed++) {
            Story story = new Story(seed);
            AuthorityState state = AuthorityState.EMPTY;
            for (int i = 0; i < 40; i++) {
                Submission entry = i == 0 ? story.founding() : story.next(state, i);
                assertThat(Submission.decode(entry.encode()))
                        .as("seed %d", seed)
                        .isEqualTo(entry);
                Rules.Applied applied = Rules.standard().apply(state, i + 1, entry);
                state = applied.state();
                AuthorityMessage reply = new Reply(entry.id(), i, applied.answer());
                assertThat(AuthorityCodec.decode(AuthorityCodec.encode(reply))).isEqualTo(reply);
            }
            StateForm.Snapshot snapshot = new StateForm.Snapshot(40, 3, state);
            assertThat(StateForm.decode(StateForm.encode(snapshot)))
                    .as("seed %d", seed)
                    .isEqualTo(snapshot);
        }
    }

    @Test
    void everyMessageIsReadAsItWasWritten() {
        for (AuthorityMessage message : messages()) {
            assertThat(AuthorityCodec.decode(AuthorityCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void equalStatesHaveEqualBytes() {
        assertThat(StateForm.encode(new StateForm.Snapshot(4, 1, Cluster.running(3).state)))
                .isEqualTo(StateForm.encode(new StateForm.Snapshot(4, 1, Cluster.running(3).state)));
    }

    @Test
    void everyBitFlipAndEveryTruncationOfASnapshotIsMalformed() {
        byte[] whole = StateForm.encode(new StateForm.Snapshot(4, 1, Cluster.running(3).state));
        everyDamageIsMalformed(whole, StateForm::decode);
    }

    @Test
    void everyBitFlipAndEveryTruncationOfACommandIsMalformed() {
        everyDamageIsMalformed(new Story(3).founding().encode(), Submission::decode);
    }

    @Test
    void aDamagedMessageIsReadOrMalformedAndNothingElse() {
        for (AuthorityMessage message : messages()) {
            byte[] whole = AuthorityCodec.encode(message);
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> AuthorityCodec.decode(part)).isInstanceOf(MalformedException.class);
            }
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                decodesOrIsMalformed(flipped(whole, bit));
            }
        }
    }

    @Test
    void randomBytesAreMalformedAndNothingElse() {
        for (long seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = AuthorityCodec.VERSION;
                bytes[1] = (byte) random.nextInt(7);
            }
            decodesOrIsMalformed(bytes);
        }
    }

    @Test
    void aStateOfNonsenseWithARightChecksumIsMalformedAndNothingElse() {
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            var sections = new TreeMap<>(StateForm.sections(Cluster.running(3).state));
            List<Integer> keys = List.copyOf(sections.keySet());
            int key = keys.get(random.nextInt(keys.size()));
            byte[] section = Objects.requireNonNull(sections.get(key)).clone();
            section[random.nextInt(section.length)] ^= (byte) (1 << random.nextInt(8));
            sections.put(key, section);
            byte[] bytes = StateForm.encode(1, 1, sections);
            try {
                StateForm.decode(bytes);
            } catch (MalformedException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    private static void everyDamageIsMalformed(byte[] whole, Function<byte[], Object> decode) {
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode.apply(part)).as("length %d", length).isInstanceOf(MalformedException.class);
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = flipped(whole, bit);
            assertThatThrownBy(() -> decode.apply(damaged)).as("bit %d", bit).isInstanceOf(MalformedException.class);
        }
    }

    private static byte[] flipped(byte[] whole, int bit) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }

    private static void decodesOrIsMalformed(byte[] bytes) {
        try {
            assertThat(AuthorityCodec.decode(bytes)).isNotNull();
        } catch (MalformedException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static List<AuthorityMessage> messages() {
        CommandId id = new CommandId(1, 2);
        List<AuthorityMessage> messages = new ArrayList<>();
        messages.add(new Forward(new Story(1).founding()));
        messages.add(new Reply(id, 9, new Answer.Registered(Cluster.id(1), Cluster.volume(3), NodeState.PENDING, 7)));
        messages.add(new Reply(id, 9, new Answer.LossAccepted(3, List.of(Cluster.id(1)))));
        messages.add(new Reply(id, 9, new Answer.Refused(RefusalCode.OLD_COPY, "an older copy")));
        messages.add(new NotLeader(id, null));
        messages.add(new NotLeader(id, Cluster.id(2)));
        messages.add(new WhoAreYou(-5));
        messages.add(new IAm(-5, Cluster.id(2), Cluster.start(2, 3, 4).volume()));
        return messages;
    }
}
