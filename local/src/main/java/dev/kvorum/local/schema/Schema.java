package dev.kvorum.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place in a schema tree: a view over its JSON form, with references followed.
 *
 * @param node the JSON form, no reference
 * @param definitions what references name; empty for custom resources
 */
public record Schema(ObjectNode node, Map<String, ObjectNode> definitions) {

    /** How a list merges: replaced whole, by value, or by the keys of its items. */
    public enum ListType {
        ATOMIC,
        SET,
        MAP
    }

    static final String REFERENCE = "#/components/schemas/";

    /** A schema that accepts anything and keeps it. */
    public static Schema anything() {
        return new Schema(Json.object().put("x-kubernetes-preserve-unknown-fields", true), Map.of());
    }

    static Schema of(JsonNode form, Map<String, ObjectNode> definitions) {
        JsonNode target = form;
        String reference = Json.text(form.has("allOf") && form.size() <= 3 ? form.at("/allOf/0") : form, "$ref");
        if (!reference.isEmpty()) {
            target = definitions.get(reference.substring(REFERENCE.length()));
        }
        return target instanceof ObjectNode object ? new Schema(object, definitions) : anything();
    }

    public String type() {
        return Json.text(node, "type");
    }

    public boolean isObject() {
        return type().equals("object");
    }

    public boolean isArray() {
        return type().equals("array");
    }

    public boolean isIntOrString() {
        return node.path("x-kubernetes-int-or-string").asBoolean();
    }

    public boolean isNullable() {
        return node.path("nullable").asBoolean();
    }

    /** True where fields without a schema stay. */
    public boolean preservesUnknown() {
        return node.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || additional() != null
                || (!node.has("properties") && !node.has("type"));
    }

    public boolean isEmbeddedResource() {
        return node.path("x-kubernetes-embedded-resource").asBoolean();
    }

    public NavigableSet<String> propertyNames() {
        NavigableSet<String> names = new TreeSet<>();
        node.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The schema of a field: its own, else the one for additional fields, else null. */
    public @Nullable Schema field(String name) {
        JsonNode own = node.path("properties").path(name);
        return own.isMissingNode() ? additional() : of(own, definitions);
    }

    public @Nullable Schema additional() {
        JsonNode additional = node.path("additionalProperties");
        if (additional.isObject()) {
            return of(additional, definitions);
        }
        return additional.asBoolean(false) ? anything() : null;
    }

    /** The schema of the items of a list; anything where none is said. */
    public Schema items() {
        return node.has("items") ? of(node.path("items"), definitions) : anything();
    }

    /** The schema of the children of a value at a field name, never null. */
    public Schema fieldOrAnything(String name) {
        Schema field = field(name);
        return field == null ? anything() : field;
    }

    public ListType listType() {
        return switch (Json.text(node, "x-kubernetes-list-type")) {
            case "map" -> ListType.MAP;
            case "set" -> ListType.SET;
            default -> ListType.ATOMIC;
        };
    }

    public boolean isAtomicMap() {
        return Json.text(node, "x-kubernetes-map-type").equals("atomic");
    }

    public List<String> mapKeys() {
        return Json.items(node, "x-kubernetes-list-map-keys").stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** The key by which a strategic merge patch merges this list, or null when it replaces it. */
    public @Nullable String patchMergeKey() {
        return Json.textOrNull(node, "x-kubernetes-patch-merge-key");
    }

    /** True for a list of plain values that a strategic merge patch adds to. */
    public boolean mergesValues() {
        return Json.text(node, "x-kubernetes-patch-strategy").startsWith("merge") && patchMergeKey() == null;
    }
}
