package dev.kvorum.local.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.ownership.FieldSet.Path;
import dev.kvorum.local.schema.Schema;
import dev.kvorum.local.schema.Validation;
import org.jspecify.annotations.Nullable;

/** Walks a value along the steps of a path. */
final class Steps {

    private Steps() {}

    /** True for what has one owner as a whole: plain values, atomic lists and maps, and empty ones. */
    static boolean isLeaf(Schema schema, JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty() || schema.isAtomicMap();
        }
        return !value.isArray() || value.isEmpty() || schema.listType() == Schema.ListType.ATOMIC;
    }

    /** The step to an item of a list that merges. */
    static String of(Schema list, JsonNode item) {
        return list.listType() == Schema.ListType.MAP ? "k:" + Validation.keyOf(list, item) : "v:" + item;
    }

    static JsonNode find(Schema schema, JsonNode value, Path path) {
        JsonNode here = value;
        Schema shape = schema;
        for (String step : path.steps()) {
            if (step.startsWith("f:")) {
                here = here.path(step.substring(2));
                shape = shape.fieldOrAnything(step.substring(2));
            } else {
                int place = indexOf(shape, here, step);
                here = place < 0 ? MissingNode.getInstance() : here.path(place);
                shape = shape.items();
            }
        }
        return here;
    }

    static int indexOf(Schema list, JsonNode array, String step) {
        for (int i = 0; i < array.size(); i++) {
            if (of(list, array.path(i)).equals(step)) {
                return i;
            }
        }
        return -1;
    }

    /** Removes what is at a path, and the objects that this leaves empty. */
    static void remove(Schema schema, JsonNode value, Path path) {
        removeAt(schema, value, path, 0);
    }

    private static void removeAt(Schema schema, JsonNode value, Path path, int depth) {
        String step = path.steps().get(depth);
        boolean isLast = depth == path.steps().size() - 1;
        if (step.startsWith("f:") && value instanceof ObjectNode object) {
            String name = step.substring(2);
            JsonNode child = object.get(name);
            if (child != null && !isLast) {
                removeAt(schema.fieldOrAnything(name), child, path, depth + 1);
            }
            if (child != null && (isLast || isEmptyContainer(child))) {
                object.remove(name);
            }
        } else if (value instanceof ArrayNode array) {
            int place = indexOf(schema, array, step);
            if (place >= 0 && isLast) {
                array.remove(place);
            } else if (place >= 0) {
                removeAt(schema.items(), array.path(place), path, depth + 1);
            }
        }
    }

    private static boolean isEmptyContainer(@Nullable JsonNode node) {
        return node != null && node.isContainerNode() && node.isEmpty();
    }
}
