package dev.kvorum.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void parametersAreDecodedAndTakenOnce() {
        Query query = Query.of("a=1+2&b=%C3%A9%20%2B&c");
        assertThat(query.text("a")).isEqualTo("1 2");
        assertThat(query.text("a")).isNull();
        assertThat(query.text("b")).isEqualTo("é +");
        assertThatThrownBy(query::end)
                .isInstanceOf(Refused.class)
                .hasMessage("parameter c is unknown; there is none here");
        assertThat(query.text("c")).isEmpty();
        query.end();
    }

    @Test
    void aPathSegmentKeepsItsPlusSigns() {
        assertThat(Percent.segment("a+b%2Fc", "the key")).asString().isEqualTo("a+b/c");
        assertThat(Percent.segment("%00%ff", "the key")).containsExactly(0, 0xFF);
    }

    @Test
    void whatIsNotEncodedIsNamed() {
        assertRefused("a%2", "parameter a holds \"%2\"", () -> Query.of("a=a%2"));
        assertRefused("a b", "the key holds the character 0x20", () -> Percent.segment("a b", "the key"));
        assertRefused("é", "the key holds the character 0xe9", () -> Percent.segment("é", "the key"));
        assertRefused("twice", "parameter a is given twice", () -> Query.of("a=1&a=1"));
    }

    @Test
    void garbageIsRefusedOrRead() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "ab01%+&=?#/\u0000\u00ff \r\n";
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Query.of(text.toString()).end();
                Percent.segment(text.toString(), "the key");
            } catch (Refused expected) {
                assertThat(expected.problem().status())
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(400);
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    private static void assertRefused(String what, String detail, Runnable reading) {
        assertThatThrownBy(reading::run).as(what).isInstanceOf(Refused.class).hasMessageContaining(detail);
    }
}
