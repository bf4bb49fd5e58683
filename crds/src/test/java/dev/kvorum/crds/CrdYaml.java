package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Makes the CustomResourceDefinition from the Java types; {@link #main} writes it where it is committed.
 *
 * <p>It adds what Fabric8's annotations cannot say: lists that are maps by a key, and limits as whole numbers.
 */
final class CrdYaml {

    static final Path COMMITTED = Path.of("src/main/resources" + KVCluster.CRD_RESOURCE);
    private static final Map<String, String> KEYED_LISTS =
            Map.of("/spec/zones", "name", "/spec/buckets", "name", "/status/conditions", "type");

    private static final List<String> COLUMNS = List.of("Ready", "Nodes", "Zones", "Epoch", "Moving", "Version", "Age");

    private CrdYaml() {}

    static void main() throws IOException {
        Files.writeString(COMMITTED, generated());
    }

    static String generated() {
        var bytes = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(KVCluster.class)
                .withOutput(new InMemory(bytes))
                .generate();
        JsonNode crd = Serialization.unmarshal(bytes.toString(StandardCharsets.UTF_8), JsonNode.class);
        useWholeNumbers(crd);
        sayRulesOnce(crd);
        spellOutNumbers(crd);
        keepAffinityWhole((ObjectNode)
                crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/pod/properties/affinity"));
        orderColumns((ObjectNode) crd.at("/spec/versions/0"));
        var schema = (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema");
        KEYED_LISTS.forEach((path, key) -> keyList((ObjectNode) schema.at(path.replace("/", "/properties/")), key));
        return "# Made from the Java types of crds; change those, then run dev.kvorum.crds.CrdYaml.\n"
                + Serialization.asYaml(crd).substring("---\n".length());
    }

    static JsonNode committed() {
        try (InputStream yaml = KVCluster.class.getResourceAsStream(KVCluster.CRD_RESOURCE)) {
            return Serialization.unmarshal(yaml, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule on a record component sits on its field and on its accessor, and would be written twice. */
    private static void sayRulesOnce(JsonNode node) {
        if (node.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            var once = new LinkedHashSet<JsonNode>();
            rules.forEach(once::add);
            rules.removeAll().addAll(once);
        }
        node.forEach(CrdYaml::sayRulesOnce);
    }

    private static void spellOutNumbers(JsonNode node) {
        if (node.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            for (JsonNode rule : rules) {
                if (rule.get("messageExpression") instanceof TextNode expression) {
                    ((ObjectNode) rule).put("messageExpression", Digits.spellOut(expression.asText()));
                }
            }
        }
        node.forEach(CrdYaml::spellOutNumbers);
    }

    /** A schema of its values would have the API server remove what is below them, whatever their map preserves. */
    private static void keepAffinityWhole(ObjectNode affinity) {
        affinity.remove("additionalProperties");
    }

    private static void orderColumns(ObjectNode version) {
        var columns = new ArrayList<JsonNode>();
        version.withArray("additionalPrinterColumns").forEach(columns::add);
        columns.sort(Comparator.comparingInt(
                column -> COLUMNS.indexOf(column.path("name").asText())));
        version.putArray("additionalPrinterColumns").addAll(columns);
    }

    private static void keyList(ObjectNode list, String key) {
        list.put("x-kubernetes-list-type", "map");
        list.putArray("x-kubernetes-list-map-keys").add(key);
    }

    private static void useWholeNumbers(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(property -> property.getValue().isDouble())
                    .toList()
                    .forEach(property -> object.set(
                            property.getKey(),
                            LongNode.valueOf(property.getValue().longValue())));
            object.forEach(CrdYaml::useWholeNumbers);
        } else if (node instanceof ArrayNode array) {
            array.forEach(CrdYaml::useWholeNumbers);
        }
    }

    private record InMemory(ByteArrayOutputStream bytes) implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
