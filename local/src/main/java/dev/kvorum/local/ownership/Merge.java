package dev.kvorum.local.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.Schema;

/** Puts applied values into an object: maps field by field, lists as their type says. */
final class Merge {

    private Merge() {}

    static void into(Schema schema, ObjectNode target, ObjectNode wanted) {
        wanted.properties().forEach(e -> {
            String name = e.getKey();
            target.set(name, merged(schema.fieldOrAnything(name), target.path(name), e.getValue()));
        });
    }

    private static JsonNode merged(Schema schema, JsonNode present, JsonNode wanted) {
        if (wanted instanceof ObjectNode object && present instanceof ObjectNode old && !schema.isAtomicMap()) {
            ObjectNode merged = old.deepCopy();
            into(schema, merged, object);
            return merged;
        }
        if (wanted instanceof ArrayNode list && present instanceof ArrayNode old) {
            return switch (schema.listType()) {
                case ATOMIC -> list.deepCopy();
                case SET, MAP -> mergedList(schema, old, list);
            };
        }
        return wanted.deepCopy();
    }

    private static ArrayNode mergedList(Schema schema, ArrayNode present, ArrayNode wanted) {
        ArrayNode merged = present.deepCopy();
        for (JsonNode item : wanted) {
            int place = Steps.indexOf(schema, merged, Steps.of(schema, item));
            if (place < 0) {
                merged.add(item.deepCopy());
            } else if (merged.path(place) instanceof ObjectNode old && item instanceof ObjectNode changes) {
                ObjectNode next = Json.normalised(old);
                into(schema.items(), next, changes);
                merged.set(place, next);
            }
        }
        return merged;
    }
}
