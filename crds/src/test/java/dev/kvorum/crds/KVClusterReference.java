package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the reference page of KVCluster from its definition; {@link #main} writes it where it is committed. */
final class KVClusterReference {

    static final Path COMMITTED = Path.of("../docs/reference/kvcluster.md");

    private final StringBuilder page = new StringBuilder();

    private KVClusterReference() {}

    static void main() throws IOException {
        Files.writeString(COMMITTED, generated());
    }

    static String generated() {
        var reference = new KVClusterReference();
        JsonNode version = CrdYaml.committed().at("/spec/versions/0");
        reference.page.append("""
                # KVCluster

                Group `kvorum.dev`, version `v1alpha1`, short name `kvc`. This page is made from the definition by
                `dev.kvorum.crds.KVClusterReference`; a test fails when it is old. `kubectl explain kvc.spec` says
                the same. An example is `examples/kvcluster.yaml`. What the conditions mean is in
                [conditions.md](conditions.md).

                People and their tools write `spec`; the operator never does. The operator writes `status`.

                """);
        reference.columns(version);
        JsonNode schema = version.at("/schema/openAPIV3Schema");
        reference.fields("spec", schema.at("/properties/spec"));
        reference.fields("status", schema.at("/properties/status"));
        reference.rules();
        return reference.page.toString();
    }

    private void columns(JsonNode version) {
        page.append("`kubectl get kvc` shows: ")
                .append(version.get("additionalPrinterColumns")
                        .valueStream()
                        .map(column -> column.get("name").asText())
                        .collect(Collectors.joining(", ")))
                .append(".\n");
    }

    private void fields(String name, JsonNode schema) {
        page.append("\n## ").append(name).append("\n\n| field | type | default | limits | |\n|---|---|---|---|---|\n");
        rows("", schema);
    }

    private void rows(String path, JsonNode schema) {
        JsonNode required = schema.path("required");
        schema.path("properties").properties().forEach(property -> {
            JsonNode field = property.getValue();
            String name = path + property.getKey();
            boolean isRequired =
                    required.valueStream().anyMatch(one -> one.asText().equals(property.getKey()));
            page.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            name,
                            type(field),
                            standard(field),
                            limits(field, isRequired),
                            field.path("description").asText()));
            rows(name + ".", field);
            rows(name + "[].", field.path("items"));
        });
    }

    private static String type(JsonNode field) {
        if (field.path("x-kubernetes-int-or-string").asBoolean()) {
            return "integer or string";
        }
        if (field.has("additionalProperties")) {
            return "map";
        }
        return field.path("type").asText();
    }

    private static String standard(JsonNode field) {
        JsonNode standard = field.path("default");
        return standard.isValueNode() && !standard.isMissingNode() ? "`" + standard.asText() + "`" : "";
    }

    private static String limits(JsonNode field, boolean required) {
        List<String> limits = new ArrayList<>();
        if (required) {
            limits.add("required");
        }
        if (field.has("enum")) {
            limits.add(field.get("enum")
                    .valueStream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", ")));
        }
        range(limits, field, "minimum", "maximum", "");
        range(limits, field, "minLength", "maxLength", " characters");
        range(limits, field, "minItems", "maxItems", " items");
        range(limits, field, "minProperties", "maxProperties", " entries");
        return String.join("; ", limits);
    }

    private static void range(List<String> limits, JsonNode field, String min, String max, String unit) {
        if (field.has(max)) {
            limits.add(field.path(min).asText("0") + "–" + field.get(max).asText() + unit);
        }
    }

    private void rules() {
        page.append("\n## Rules\n\nBeside types and limits, these are refused at once, with the remedy."
                + " An example of each:\n\n");
        var messages = new TreeSet<String>();
        RuleMessages.ofAllRules().values().forEach(example -> example.ifPresent(messages::add));
        messages.forEach(message -> page.append("- ").append(message).append('\n'));
    }
}
