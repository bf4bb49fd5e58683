package dev.kvorum.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecoveryPlanTest {

    private final TreeMap<String, JsonNode> rings = new TreeMap<>();

    @Test
    void theNodeThatHasAppliedMostBeginsTheNextGeneration() throws Exception {
        rings.put("demo-a-0", ring(1, 40, "null"));
        rings.put("demo-b-0", ring(1, 41, "null"));
        RecoveryPlan plan = RecoveryPlan.of(rings);
        assertThat(plan.pod()).isEqualTo("demo-b-0");
        assertThat(plan.generation()).isEqualTo(2);
        assertThat(plan.clusterId()).isEqualTo("c-1");
        assertThat(plan.text())
                .contains("demo-a-0: generation 1, entry 40 applied")
                .contains("voters that do not answer: demo-c-0");
    }

    @Test
    void aLaterGenerationCountsMoreThanALongerLog() throws Exception {
        rings.put("demo-a-0", ring(2, 5, "null"));
        rings.put("demo-b-0", ring(1, 41, "null"));
        assertThat(RecoveryPlan.of(rings).pod()).isEqualTo("demo-a-0");
        assertThat(RecoveryPlan.of(rings).generation()).isEqualTo(3);
    }

    @Test
    void whereSomebodyLeadsThereIsNothingToRecover() throws Exception {
        rings.put("demo-a-0", ring(1, 40, "null"));
        rings.put("demo-b-0", ring(1, 41, "\"id-b\""));
        assertThatThrownBy(() -> RecoveryPlan.of(rings))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("demo-b-0 knows a leader, id-b");
    }

    private static JsonNode ring(long generation, long applied, String leader) throws IOException {
        return Json.parseObject("{\"clusterId\":\"c-1\",\"generation\":" + generation + ",\"applied\":" + applied
                + ",\"leader\":" + leader + ",\"voters\":[\"id-a\",\"id-b\",\"id-c\"],\"nodes\":["
                + "{\"id\":\"id-a\",\"name\":\"demo-a-0\"},{\"id\":\"id-b\",\"name\":\"demo-b-0\"},"
                + "{\"id\":\"id-c\",\"name\":\"demo-c-0\"}]}");
    }
}
