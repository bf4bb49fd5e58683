package dev.kvorum.local.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.cel.Rules;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.resources.Features.PrinterColumn;
import dev.kvorum.local.resources.Features.ScalePaths;
import dev.kvorum.local.resources.ResourceType.Scope;
import dev.kvorum.local.resources.ResourceType.Shape;
import dev.kvorum.local.schema.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a CustomResourceDefinition into the resource type it defines. */
final class CustomTypes {

    private static final PrinterColumn AGE = new PrinterColumn("Age", "date", "", 0, ".metadata.creationTimestamp");

    private CustomTypes() {}

    /**
     * The type of a definition's storage version.
     *
     * @throws dev.kvorum.local.cel.InvalidRuleException when a validation rule does not compile
     */
    static ResourceType of(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode version = storageVersion(spec);
        Schema schema = schemaOf(version);
        Scope scope = Json.text(spec, "scope").equals("Namespaced") ? Scope.NAMESPACED : Scope.CLUSTER;
        return new ResourceType(
                new GroupVersion(Json.text(spec, "group"), Json.text(version, "name")),
                namesOf(spec.path("names")),
                scope,
                new Shape(Origin.CUSTOM, schema, Rules.compile(schema)),
                featuresOf(version));
    }

    private static JsonNode storageVersion(JsonNode spec) {
        return Json.items(spec, "versions").stream()
                .filter(version -> version.path("storage").asBoolean())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("spec.versions: no version has storage: true"));
    }

    private static Schema schemaOf(JsonNode version) {
        return version.at("/schema/openAPIV3Schema") instanceof ObjectNode schema
                ? new Schema(schema, Map.of())
                : Schema.anything();
    }

    private static Names namesOf(JsonNode names) {
        String kind = Json.text(names, "kind");
        String singular = Json.text(names, "singular");
        return new Names(
                Json.text(names, "plural"),
                singular.isEmpty() ? kind.toLowerCase(java.util.Locale.ROOT) : singular,
                kind,
                texts(names.path("shortNames")),
                texts(names.path("categories")));
    }

    private static Features featuresOf(JsonNode version) {
        JsonNode subresources = version.path("subresources");
        List<PrinterColumn> columns = Json.items(version, "additionalPrinterColumns").stream()
                .map(CustomTypes::columnOf)
                .toList();
        return new Features(
                subresources.has("status") ? Features.Status.SUBRESOURCE : Features.Status.NONE,
                scaleOf(subresources.path("scale")),
                columns.isEmpty() ? List.of(AGE) : columns);
    }

    private static @Nullable ScalePaths scaleOf(JsonNode scale) {
        return scale.isMissingNode()
                ? null
                : new ScalePaths(
                        Json.text(scale, "specReplicasPath"),
                        Json.text(scale, "statusReplicasPath"),
                        Json.textOrNull(scale, "labelSelectorPath"));
    }

    private static PrinterColumn columnOf(JsonNode column) {
        return new PrinterColumn(
                Json.text(column, "name"),
                Json.text(column, "type"),
                Json.text(column, "format"),
                column.path("priority").asInt(),
                Json.text(column, "jsonPath"));
    }

    private static List<String> texts(JsonNode list) {
        return Json.items(list).stream().map(JsonNode::asText).toList();
    }
}
