package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of an API server that fills in the defaults of a structural schema. */
final class Schema {

    private Schema() {}

    static JsonNode withDefaults(JsonNode schema, JsonNode value) {
        switch (value) {
            case ObjectNode object -> fillIn(schema, object);
            case ArrayNode list -> list.forEach(item -> withDefaults(schema.path("items"), item));
            default -> {
                // A scalar has no defaults inside.
            }
        }
        return value;
    }

    private static void fillIn(JsonNode schema, ObjectNode object) {
        for (var property : schema.path("properties").properties()) {
            JsonNode standard = property.getValue().get("default");
            if (standard != null && !object.hasNonNull(property.getKey())) {
                object.set(property.getKey(), standard.deepCopy());
            }
            if (object.has(property.getKey())) {
                withDefaults(property.getValue(), object.get(property.getKey()));
            }
        }
    }
}
