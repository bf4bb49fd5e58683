package dev.kvorum.local.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class JsonPathTest {

    private static final JsonNode OBJECT = Json.parseObject("""
            {"spec": {"zones": [{"name": "a"}, {"name": "b"}], "a.b": 1},
             "status": {"conditions": [{"type": "Ready", "status": "True"}, {"type": "Paused", "status": "False"}]}}
            """);

    private static String found(String path) {
        return JsonPath.find(OBJECT, path).toString();
    }

    @Test
    void thePathsOfPrinterColumnsAreUnderstood() {
        assertThat(found(".spec.zones[*].name")).isEqualTo("[\"a\", \"b\"]");
        assertThat(found(".spec.zones[1].name")).isEqualTo("[\"b\"]");
        assertThat(found(".spec.zones[-1].name")).isEqualTo("[\"b\"]");
        assertThat(found(".spec['a.b']")).isEqualTo("[1]");
        assertThat(found(".spec.a\\.b")).isEqualTo("[1]");
        assertThat(found(".status.conditions[?(@.type==\"Ready\")].status")).isEqualTo("[\"True\"]");
        assertThat(found(".spec.nothing")).isEqualTo("[]");
        assertThat(found(".spec.zones[?(odd)]")).isEqualTo("[]");
    }
}
