package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContextTokenTest {

    private static final byte[] KEY = Samples.text("key");

    @Test
    void tokenIsReadBack() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 10_000; i++) {
            ContextToken token = new ContextToken(Samples.version(Samples.mask(random)), random.nextLong());
            String text = token.encode("default", KEY);

            assertThat(text).matches("[A-Za-z0-9_-]+");
            assertThat(ContextToken.parse(text, "default", KEY)).isEqualTo(token);
        }
        assertThat(ContextToken.parse(ContextToken.EMPTY.encode("b", KEY), "b", KEY))
                .isEqualTo(ContextToken.EMPTY);
    }

    @Test
    void tokenOfAnotherKeyOrBucketIsRefused() {
        String text = new ContextToken(Samples.version(7), 1).encode("default", KEY);

        assertThatThrownBy(() -> ContextToken.parse(text, "default", Samples.text("yek")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("context was given for another key");
        assertThatThrownBy(() -> ContextToken.parse(text, "other", KEY))
                .hasMessageStartingWith("context was given for another key");
    }

    @Test
    void bucketAndKeyDoNotRunIntoEachOther() {
        String text = new ContextToken(Samples.version(7), 1).encode("ab", Samples.text("c"));

        assertThatThrownBy(() -> ContextToken.parse(text, "a", Samples.text("bc")))
                .hasMessageContaining("another key");
    }

    @Test
    void everyChangedCharacterIsDetected() {
        String text = new ContextToken(Samples.version(0x5A5A5A), 99).encode("default", KEY);
        for (int i = 0; i < text.length(); i++) {
            String before = text.substring(0, i);
            String after = text.substring(i + 1);
            assertRefused(before + (text.charAt(i) == 'A' ? 'B' : 'A') + after, "context is damaged");
            assertRefused(before + after, "context ");
            assertRefused(before + '+' + after, "context is not base64url");
        }
        assertRefused("", "context is damaged");
        assertRefused("AAAA", "context is damaged");
        assertRefused("A".repeat(4_097), "context has 4097 characters, at most 4096");
    }

    @Test
    void tokenTooLongDropsItsOldestDotsAndKeepsTheNewestOfEachActor() {
        Version vector = Version.EMPTY.advance(new Dot(1, 500)).advance(new Dot(9, 3));
        Version version = vector;
        for (long sequence = 600; sequence < 60_000; sequence += 300) {
            for (long actor = 10; actor < 30; actor++) {
                version = version.withDot(new Dot(actor, sequence));
            }
        }
        Dot own = new Dot(0xFEED, 2);
        version = version.withDot(own);

        String text = new ContextToken(version, 5).encode("default", KEY);
        Version read = ContextToken.parse(text, "default", KEY).version();

        assertThat(text).hasSizeBetween(3_500, Limits.CONTEXT_MOST_CHARACTERS);
        assertThat(version.covers(read)).isTrue();
        assertThat(read.covers(vector)).isTrue();
        assertThat(read.covers(own)).isTrue();
        for (long actor = 10; actor < 30; actor++) {
            assertThat(read.highest(actor)).isEqualTo(version.highest(actor));
            assertThat(read.covers(new Dot(actor, 600))).isFalse();
        }
    }

    @Test
    void tokenWithTooManyActorsDropsTheLowestEntries() {
        Version version = Version.EMPTY.withDot(new Dot(5, 77));
        for (long actor = 1_000; actor < 2_000; actor++) {
            version = version.advance(new Dot(actor, actor));
        }

        String text = new ContextToken(version, 5).encode("default", KEY);
        Version read = ContextToken.parse(text, "default", KEY).version();

        assertThat(text).hasSizeBetween(3_500, Limits.CONTEXT_MOST_CHARACTERS);
        assertThat(version.covers(read)).isTrue();
        assertThat(read.dotCount()).isZero();
        assertThat(read.highest(1_999)).isEqualTo(1_999);
        assertThat(read.highest(1_000)).isZero();
    }

    private static void assertRefused(String text, String start) {
        assertThatThrownBy(() -> ContextToken.parse(text, "default", KEY))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start);
    }
}
