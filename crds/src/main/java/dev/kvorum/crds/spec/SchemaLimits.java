package dev.kvorum.crds.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bounds that the definition of this release puts on numbers, texts, lists and maps, looked up in the definition
 * itself, for specs that came in through an older one.
 */
final class SchemaLimits {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final JsonNode SPEC =
            read("/crds/kvclusters.kvorum.dev.yaml").at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

    private final List<String> broken = new ArrayList<>();

    private SchemaLimits() {}

    /** Every value that is out of its bounds, as field, value and bound. */
    static List<String> broken(KVClusterSpec spec) {
        var limits = new SchemaLimits();
        limits.judge("spec", SPEC, JSON.convertValue(spec, JsonNode.class));
        return limits.broken;
    }

    private void judge(String path, JsonNode schema, JsonNode value) {
        if (value.isIntegralNumber() && schema.path("type").asText().equals("integer")) {
            atLeast(path, schema.path("minimum"), value.asLong(), "");
            atMost(path, schema.path("maximum"), value.asLong(), "");
        } else if (value.isTextual()) {
            atLeast(path, schema.path("minLength"), value.asText().length(), " characters");
            atMost(path, schema.path("maxLength"), value.asText().length(), " characters");
        } else if (value.isArray()) {
            atLeast(path, schema.path("minItems"), value.size(), " items");
            atMost(path, schema.path("maxItems"), value.size(), " items");
            for (int i = 0; i < value.size(); i++) {
                judge(path + "[" + i + "]", schema.path("items"), value.path(i));
            }
        } else if (value.isObject()) {
            atMost(path, schema.path("maxProperties"), value.size(), " entries");
            value.properties()
                    .forEach(field -> judge(
                            path + "." + field.getKey(),
                            schema.path("properties").path(field.getKey()).isMissingNode()
                                    ? schema.path("additionalProperties")
                                    : schema.path("properties").path(field.getKey()),
                            field.getValue()));
        }
    }

    private void atLeast(String path, JsonNode bound, long value, String unit) {
        if (bound.isNumber() && value < bound.asLong()) {
            broken.add(path + " is " + value + unit + "; use at least " + bound.asLong());
        }
    }

    private void atMost(String path, JsonNode bound, long value, String unit) {
        if (bound.isNumber() && value > bound.asLong()) {
            broken.add(path + " is " + value + unit + "; use at most " + bound.asLong());
        }
    }

    private static JsonNode read(String resource) {
        try (InputStream yaml = SchemaLimits.class.getResourceAsStream(resource)) {
            return JSON.unmarshal(yaml, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
