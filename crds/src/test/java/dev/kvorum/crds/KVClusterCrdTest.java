package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.crds.spec.KVClusterSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KVClusterCrdTest {

    private final JsonNode schema = CrdYaml.committed().at("/spec/versions/0/schema/openAPIV3Schema");

    @Test
    void committedYamlIsWhatTheTypesSay() throws IOException {
        assertThat(Files.readString(CrdYaml.COMMITTED))
                .as("the YAML drifted from the types; run dev.kvorum.crds.CrdYaml in crds/ and commit what it writes")
                .isEqualTo(CrdYaml.generated());
    }

    @Test
    void referencePageIsWhatTheDefinitionSays() throws IOException {
        assertThat(Files.readString(KVClusterReference.COMMITTED))
                .as("the page is old; run dev.kvorum.crds.KVClusterReference in crds/ and commit what it writes")
                .isEqualTo(KVClusterReference.generated());
    }

    @Test
    void defaultsOfTheSchemaAreThoseOfTheTypes() {
        JsonNode spec = Serialization.unmarshal("{\"replicas\":3,\"zones\":[{\"name\":\"zone-a\"}]}", JsonNode.class);
        JsonNode byTypes = Serialization.unmarshal(
                Serialization.asJson(Serialization.unmarshal(spec.toString(), KVClusterSpec.class)), JsonNode.class);

        assertThat(Schema.withDefaults(schema.at("/properties/spec"), spec)).isEqualTo(byTypes);
    }

    @Test
    void everyListMapAndStringHasAMaximum() {
        var unbounded = new ArrayList<String>();
        collectUnbounded("", schema, unbounded);
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyFieldHasADescription() {
        var silent = new ArrayList<String>();
        collectSilent("", schema, silent);
        assertThat(silent).isEmpty();
    }

    @Test
    void everyRuleIsBrokenByACaseOfTheCorpus() {
        assertThat(RuleMessages.ofAllRules())
                .isNotEmpty()
                .allSatisfy((rule, example) -> assertThat(example).isPresent());
    }

    private static void collectUnbounded(String path, JsonNode schema, List<String> unbounded) {
        boolean bounded = switch (schema.path("type").asText()) {
            case "array" -> schema.has("maxItems");
            case "string" -> schema.has("maxLength") || schema.has("enum");
            case "object" ->
                schema.has("maxProperties")
                        || !(schema.has("additionalProperties") || schema.has("x-kubernetes-preserve-unknown-fields"));
            default -> true;
        };
        if (!bounded) {
            unbounded.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(field -> collectUnbounded(path + "." + field.getKey(), field.getValue(), unbounded));
        if (schema.has("items")) {
            collectUnbounded(path + "[]", schema.get("items"), unbounded);
        }
        if (schema.has("additionalProperties")) {
            collectUnbounded(path + "{}", schema.get("additionalProperties"), unbounded);
        }
    }

    private static void collectSilent(String path, JsonNode schema, List<String> silent) {
        schema.path("properties").properties().forEach(field -> {
            String name = path + "." + field.getKey();
            if (field.getValue().path("description").asText().isEmpty()) {
                silent.add(name);
            }
            collectSilent(name, field.getValue(), silent);
        });
        if (schema.has("items")) {
            collectSilent(path + "[]", schema.get("items"), silent);
        }
    }
}
