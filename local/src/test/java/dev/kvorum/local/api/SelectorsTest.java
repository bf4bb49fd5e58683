package dev.kvorum.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectorsTest {

    private static final JsonNode POD =
            Json.parseObject("{\"metadata\": {\"name\": \"p\", \"labels\": {\"app\": \"kv\", \"zone\": \"a\"}},"
                    + " \"status\": {\"phase\": \"Running\"}}");

    @Test
    void labelSelectorsSelect() {
        for (String selecting :
                List.of("", "app=kv", "app==kv,zone in (a, b)", "zone notin (c)", "app", "!other", "x!=y")) {
            assertThat(Selectors.labels(selecting).test(POD)).as(selecting).isTrue();
        }
        for (String other : List.of("app=x", "app=kv,zone in (b)", "zone notin (a)", "!app", "other", "app!=kv")) {
            assertThat(Selectors.labels(other).test(POD)).as(other).isFalse();
        }
        assertThatThrownBy(() -> Selectors.labels("a b")).isInstanceOf(ApiProblem.class);
    }

    @Test
    void fieldSelectorsSelect() {
        assertThat(Selectors.fields("metadata.name=p,status.phase!=Failed").test(POD))
                .isTrue();
        assertThat(Selectors.fields("metadata.name=q").test(POD)).isFalse();
        assertThatThrownBy(() -> Selectors.fields("metadata.name")).isInstanceOf(ApiProblem.class);
    }
}
