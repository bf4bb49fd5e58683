package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.SpecRules;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users apply first is what the definition lets in. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../examples");

    private final JsonNode schema = CrdYaml.committed().at("/spec/versions/0/schema/openAPIV3Schema");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleHasOnlyFieldsOfTheDefinitionAndBreaksNoRule(Path example) throws IOException {
        JsonNode cluster = Serialization.unmarshal(Files.readString(example), JsonNode.class);
        List<String> unknown = new ArrayList<>();
        collectUnknown("spec", cluster.get("spec"), schema.at("/properties/spec"), unknown);

        assertThat(unknown).isEmpty();
        assertThat(SpecRules.broken(Serialization.unmarshal(cluster.get("spec").toString(), KVClusterSpec.class)))
                .isEmpty();
    }

    private static void collectUnknown(String path, JsonNode value, JsonNode schema, List<String> unknown) {
        value.properties().forEach(field -> {
            String name = path + "." + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                collectUnknown(name, field.getValue(), known, unknown);
            } else if (!schema.has("additionalProperties") && !schema.has("x-kubernetes-preserve-unknown-fields")) {
                unknown.add(name);
            }
        });
        if (value.isArray()) {
            value.forEach(item -> collectUnknown(path + "[]", item, schema.path("items"), unknown));
        }
    }
}
