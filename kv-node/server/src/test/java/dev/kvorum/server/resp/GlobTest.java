package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *          | anything      | true
            user:*     | user:1        | true
            user:*     | use           | false
            h?llo      | hello         | true
            h?llo      | hllo          | false
            h\\*llo    | h*llo         | true
            h\\*llo    | hello         | false
            *a*b*c*    | xxaxxbxxcxx   | true
            *a*b*c*    | xxaxxcxxbxx   | false
            **         | a             | true
            """)
    void matchesAsRedisDoes(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern.replace("\\\\", "\\")).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            h[ae]llo   | hallo         | true
            h[ae]llo   | hillo         | false
            h[^e]llo   | hallo         | true
            h[^e]llo   | hello         | false
            h[a-c]llo  | hbllo         | true
            h[c-a]llo  | hbllo         | true
            h[a-c]llo  | hdllo         | false
            h[\\]]llo  | h]llo         | true
            [abc       | b             | true
            []         | a             | false
            a[-]b      | a-b           | true
            """)
    void setsOfCharactersMatchAsInRedis(String pattern, String text, boolean expected) {
        matchesAsRedisDoes(pattern, text, expected);
    }

    @Test
    void bytesThatAreNoTextAreMatchedByteByByte() {
        byte[] key = {(byte) 0xFF, 0, 'a'};
        assertThat(new Glob(new byte[] {'?', 0, '*'}).matches(key)).isTrue();
        assertThat(new Glob(new byte[] {(byte) 0xFE, '*'}).matches(key)).isFalse();
        assertThat(new Glob("").matches(new byte[0])).isTrue();
        assertThat(new Glob("").matches(key)).isFalse();
    }

    @Test
    void manyStarsTakeNoMoreThanTextTimesPattern() {
        String text = "a".repeat(10_000);
        assertThat(new Glob("*a".repeat(500) + "b").matches(text)).isFalse();
    }
}
