package dev.kvorum.local.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ProtobufTest {

    private static byte[] bytes(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNamespaceIsReadWithoutItsEmptyFields() throws UnreadableException {
        String metadata = "0a 07" + "0a 03" + hex("abc") + "12 00";
        byte[] body = bytes(
                hex("k8s"),
                "00",
                "0a 0f",
                "0a 02",
                hex("v1"),
                "12 09",
                hex("Namespace"),
                "12 0f",
                metadata,
                "12 00",
                "1a 02 0a 00");
        assertThat(Protobuf.read(body).toString())
                .isEqualTo("{\"metadata\":{\"name\":\"abc\"},\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}");
    }

    @Test
    void anUnknownKindOrABrokenBodyIsRefusedByName() {
        assertThatThrownBy(() -> Protobuf.read(bytes(hex("k8s"), "00", "0a 05", "12 03", hex("Job"))))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("a Job as protobuf");
        assertThatThrownBy(() -> Protobuf.read(bytes(hex("json")))).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> Protobuf.read(bytes(hex("k8s"), "00", "0a 7f")))
                .isInstanceOf(UnreadableException.class);
    }
}
