package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded conversations: the machine must do today what it did when they were read and found right. */
class MembershipTranscriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joining-through-a-seed",
                "a-silent-member-is-suspected-and-refutes",
                "a-member-dies-and-returns",
                "asked-to-ping-for-another",
                "restarted-with-an-earlier-life",
                "accused-and-refuting",
                "standing-still",
                "leaving",
            })
    void theMachineDoesWhatWasRecorded(String name) throws IOException {
        String recorded = read(name + ".txt");
        String replayed = new Transcript().replay(recorded.lines().toList());
        assertThat(replayed).isEqualTo(recorded);
        assertThat(recorded.lines().filter(line -> line.startsWith("  "))).hasSizeGreaterThan(2);
    }

    private static String read(String file) throws IOException {
        try (InputStream in = MembershipTranscriptTest.class.getResourceAsStream("transcripts/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
