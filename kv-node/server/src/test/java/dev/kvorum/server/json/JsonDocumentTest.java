package dev.kvorum.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

    @Test
    void slicesAreTheBytesThatWereSent() {
        assertThat(slices(
                        "{\"key\" : \"a\\u0062\", \"value\":{\"n\" : 9007199254740993, \"l\":[1, 2]} , \"z\": 1e400}"))
                .containsEntry("key", "\"a\\u0062\"")
                .containsEntry("value", "{\"n\" : 9007199254740993, \"l\":[1, 2]}")
                .containsEntry("z", "1e400");
        assertThat(slices("{\"a\":-1,\"b\":true,\"c\":\"é\",\"d\":null,\"e\":12345678901234567890}"))
                .containsEntry("a", "-1")
                .containsEntry("b", "true")
                .containsEntry("c", "\"é\"")
                .containsEntry("d", "null")
                .containsEntry("e", "12345678901234567890");
    }

    @Test
    void whatIsNoDocumentIsRefusedWithItsPlace() {
        assertRefused("", "the body is empty");
        assertRefused("[1]", "the body is no JSON object");
        assertRefused("{\"a\":1} x", "the body is no JSON at line 1, column 10");
        assertRefused("{\"a\":1}{}", "the body goes on after the end of its JSON value");
        assertRefused("{\"a\":1,\"a\":2}", "Duplicate field 'a'");
        assertRefused("{\"a\":", "the body is no JSON at line 1, column 6");
        assertRefused("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", "the body is no JSON");
    }

    @Test
    void garbageIsRefusedAndNothingElseHappens() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "{}[]\",:\\u019eE+-.truefalsnl \n\u0000é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"value\":" : "");
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                JsonDocument.slices(bytes);
                JsonDocument.check(bytes);
                JsonDocument.tree(bytes);
            } catch (InvalidJson refused) {
                assertThat(refused.detail()).as("seed %d: %s", seed, text).isNotBlank();
            }
        }
    }

    private static void assertRefused(String json, String detail) {
        assertThatThrownBy(() -> JsonDocument.slices(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJson.class)
                .hasMessageContaining(detail);
    }

    private static Map<String, String> slices(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonDocument.slices(json.getBytes(StandardCharsets.UTF_8))
                .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }
}
