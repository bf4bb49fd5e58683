package dev.kvorum.local.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaTest {

    private static final String SCHEMA = """
            type: object
            properties:
              spec:
                type: object
                required: [replicas]
                properties:
                  replicas: {type: integer, minimum: 1, maximum: 9}
                  mode: {type: string, enum: [Off, Auto], default: Auto}
                  name: {type: string, maxLength: 3, pattern: "^[a-z]+$"}
                  limits: {type: object, default: {}, properties: {cpu: {type: string, default: "1"}}}
                  tags: {type: array, x-kubernetes-list-type: set, maxItems: 2, items: {type: string}}
                  free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  labels: {type: object, additionalProperties: {type: string}}
            """.replace("Off", "\"Off\"");

    private final Schema schema = new Schema(Json.parseDocuments(SCHEMA).getFirst(), Map.of());
    private final BuiltinSchemas builtins = new BuiltinSchemas();

    private List<String> complaints(String spec) {
        ObjectNode object = Json.parseObject("{\"spec\": " + spec + "}");
        return Validation.check(schema, object).stream()
                .map(FieldError::toString)
                .toList();
    }

    @Test
    void complaintsNameFieldValueAndLimitAsTheApiServerDoes() {
        assertThat(complaints("{}")).containsExactly("spec.replicas: Required value");
        assertThat(complaints("{\"replicas\": 0}"))
                .containsExactly(
                        "spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1");
        assertThat(complaints("{\"replicas\": 10}")).singleElement().asString().contains("less than or equal to 9");
        assertThat(complaints("{\"replicas\": 1, \"mode\": \"On\"}"))
                .containsExactly("spec.mode: Unsupported value: \"On\": supported values: \"Off\", \"Auto\"");
        assertThat(complaints("{\"replicas\": 1, \"name\": \"abcd\"}"))
                .containsExactly("spec.name: Too long: may not be more than 3 bytes");
        assertThat(complaints("{\"replicas\": 1, \"name\": \"A\"}"))
                .containsExactly("spec.name: Invalid value: \"A\": spec.name in body should match '^[a-z]+$'");
        assertThat(complaints("{\"replicas\": \"x\"}"))
                .containsExactly(
                        "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type integer:"
                                + " \"string\"");
        assertThat(complaints("{\"replicas\": 1, \"tags\": [\"a\", \"a\"]}"))
                .containsExactly("spec.tags[1]: Duplicate value: \"a\"");
        assertThat(complaints("{\"replicas\": 1, \"tags\": [\"a\", \"b\", \"c\"]}"))
                .containsExactly("spec.tags: Too many: 3: must have at most 2 items");
    }

    @Test
    void defaultsFillWhatIsMissingBelowWhatIsThere() {
        ObjectNode object = Json.parseObject("{\"spec\": {\"replicas\": 1}}");
        Defaulting.apply(schema, object);
        assertThat(object.path("spec").path("mode").asText()).isEqualTo("Auto");
        assertThat(object.at("/spec/limits/cpu").asText()).isEqualTo("1");
        ObjectNode empty = Json.object();
        Defaulting.apply(schema, empty);
        assertThat(empty).isEmpty();
    }

    @Test
    void unknownFieldsGoAndAreNamedUnlessTheSchemaKeepsThem() {
        ObjectNode object = Json.parseObject(
                "{\"kind\": \"K\", \"spec\": {\"x\": 1, \"free\": {\"y\": 1}, \"labels\": {\"z\": \"1\"},"
                        + " \"limits\": {\"gpu\": 1}}}");
        assertThat(Pruning.apply(schema, builtins.objectMeta(), object)).containsExactly("spec.x", "spec.limits.gpu");
        assertThat(object.toString())
                .isEqualTo("{\"kind\":\"K\",\"spec\":{\"free\":{\"y\":1},\"labels\":{\"z\":\"1\"},\"limits\":{}}}");
    }

    @Test
    void builtInSchemasKnowTypesKeysAndDefaults() {
        Schema set = builtins.of(StatefulSet.class);
        Schema pod = set.fieldOrAnything("spec").fieldOrAnything("template").fieldOrAnything("spec");
        assertThat(pod.fieldOrAnything("containers").mapKeys()).containsExactly("name");
        ObjectNode object = Json.parseObject("{\"spec\": {\"selector\": {}, \"template\": {\"spec\": {\"containers\":"
                + " [{\"name\": \"a\", \"image\": \"i\", \"livenessProbe\": {}}]}}}}");
        Defaulting.apply(set, object);
        assertThat(object.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(object.at("/spec/template/spec/containers/0/livenessProbe/periodSeconds")
                        .asInt())
                .isEqualTo(10);
        assertThat(Validation.check(set, object)).isEmpty();
        assertThat(Validation.check(set, Json.object()))
                .extracting(FieldError::toString)
                .containsExactly("spec: Required value");
    }
}
