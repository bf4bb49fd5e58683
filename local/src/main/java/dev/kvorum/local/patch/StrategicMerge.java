package dev.kvorum.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: a merge patch that knows by which key the lists of built-in kinds merge, with its directives
 * {@code $patch: replace|delete|merge}, {@code $retainKeys}, {@code $deleteFromPrimitiveList/…} and
 * {@code $setElementOrder/…}.
 */
public final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicMerge() {}

    public static ObjectNode apply(Schema schema, Schema metadata, ObjectNode object, JsonNode patch)
            throws InvalidPatchException {
        if (!(patch instanceof ObjectNode changes)) {
            throw new InvalidPatchException("a strategic merge patch is an object");
        }
        ObjectNode patched = object.deepCopy();
        ObjectNode rest = changes.deepCopy();
        if (rest.remove("metadata") instanceof ObjectNode metadataChanges) {
            merge(metadata, Json.child(patched, "metadata"), metadataChanges);
        }
        merge(schema, patched, rest);
        return patched;
    }

    private static void merge(Schema schema, ObjectNode target, ObjectNode changes) throws InvalidPatchException {
        switch (Json.text(changes, DIRECTIVE)) {
            case "", "merge" -> {}
            case "replace" -> target.removeAll();
            case "delete" -> {
                target.removeAll();
                return;
            }
            default -> throw new InvalidPatchException("unknown directive $patch: " + Json.text(changes, DIRECTIVE));
        }
        if (changes.has(RETAIN_KEYS)) {
            target.retain(Json.items(changes, RETAIN_KEYS).stream()
                    .map(JsonNode::asText)
                    .toList());
        }
        for (var e : changes.properties()) {
            field(schema, target, e.getKey(), e.getValue());
        }
        for (var e : changes.properties()) {
            if (e.getKey().startsWith(ORDER)) {
                reorder(schema, target, e.getKey().substring(ORDER.length()), e.getValue());
            }
        }
    }

    private static void field(Schema schema, ObjectNode target, String name, JsonNode change)
            throws InvalidPatchException {
        if (name.startsWith(DELETE_VALUES)) {
            removeValues(target.path(name.substring(DELETE_VALUES.length())), change);
            return;
        }
        if (name.startsWith("$")) {
            return;
        }
        Schema field = schema.fieldOrAnything(name);
        if (change.isNull()) {
            target.remove(name);
        } else if (change instanceof ObjectNode inner) {
            merge(field, Json.child(target, name), inner);
        } else if (change instanceof ArrayNode list && field.patchMergeKey() != null) {
            target.set(name, mergeByKey(field, target.path(name), list));
        } else if (change instanceof ArrayNode list && field.mergesValues()) {
            target.set(name, mergeValues(target.path(name), list));
        } else {
            target.set(name, change.deepCopy());
        }
    }

    private static ArrayNode mergeByKey(Schema list, JsonNode present, ArrayNode changes) throws InvalidPatchException {
        String key = String.valueOf(list.patchMergeKey());
        List<JsonNode> merged = new ArrayList<>();
        boolean replaces = Json.items(changes).stream()
                .anyMatch(item -> item.size() == 1 && Json.text(item, DIRECTIVE).equals("replace"));
        if (!replaces) {
            present.forEach(merged::add);
        }
        for (JsonNode change : changes) {
            if (change instanceof ObjectNode item && item.has(key)) {
                mergeItem(list, key, merged, item);
            } else if (!Json.text(change, DIRECTIVE).equals("replace")) {
                throw new InvalidPatchException("an item of a list that merges by \"" + key + "\" has no such field");
            }
        }
        return Json.array().addAll(merged);
    }

    private static void mergeItem(Schema list, String key, List<JsonNode> merged, ObjectNode change)
            throws InvalidPatchException {
        int place = indexOf(merged, key, change.path(key));
        if (Json.text(change, DIRECTIVE).equals("delete")) {
            if (place >= 0) {
                merged.remove(place);
            }
            return;
        }
        ObjectNode item = place >= 0 && merged.get(place) instanceof ObjectNode old ? old.deepCopy() : Json.object();
        merge(list.items(), item, change);
        if (place >= 0) {
            merged.set(place, item);
        } else {
            merged.add(item);
        }
    }

    private static ArrayNode mergeValues(JsonNode present, ArrayNode added) {
        ArrayNode merged = Json.array();
        present.forEach(merged::add);
        for (JsonNode value : added) {
            if (!Json.items(merged).contains(value)) {
                merged.add(value);
            }
        }
        return merged;
    }

    private static void removeValues(JsonNode list, JsonNode removed) {
        List<JsonNode> values = Json.items(removed);
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list instanceof ArrayNode array && values.contains(list.path(i))) {
                array.remove(i);
            }
        }
    }

    /** Items that the order names come first, in that order; the others keep theirs. */
    private static void reorder(Schema schema, ObjectNode target, String name, JsonNode order) {
        if (!(target.get(name) instanceof ArrayNode list)) {
            return;
        }
        String key = schema.fieldOrAnything(name).patchMergeKey();
        List<JsonNode> wanted =
                Json.items(order).stream().map(item -> identity(item, key)).toList();
        List<JsonNode> sorted = new ArrayList<>(Json.items(list));
        sorted.sort(java.util.Comparator.comparingInt(item -> {
            int place = wanted.indexOf(identity(item, key));
            return place < 0 ? wanted.size() : place;
        }));
        target.set(name, Json.array().addAll(sorted));
    }

    private static JsonNode identity(JsonNode item, @Nullable String key) {
        return key == null ? item : item.path(key);
    }

    private static int indexOf(List<JsonNode> items, String key, JsonNode value) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
