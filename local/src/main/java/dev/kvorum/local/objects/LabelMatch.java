package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import java.util.List;
import java.util.Map;

/** Whether an object's labels satisfy a {@code LabelSelector}; an empty selector accepts all, a missing one none. */
public final class LabelMatch {

    private LabelMatch() {}

    public static boolean matches(JsonNode selector, JsonNode object) {
        if (!selector.isObject()) {
            return false;
        }
        Map<String, String> labels = Json.strings(object, "metadata", "labels");
        boolean equal = Json.strings(selector, "matchLabels").entrySet().stream()
                .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        return equal
                && Json.items(selector, "matchExpressions").stream().allMatch(expression -> holds(expression, labels));
    }

    /** Whether the labels hold what an expression of a selector, or of a node affinity, asks. */
    public static boolean holds(JsonNode expression, Map<String, String> labels) {
        String key = Json.text(expression, "key");
        String value = labels.get(key);
        List<String> values =
                Json.items(expression, "values").stream().map(JsonNode::asText).toList();
        return switch (Json.text(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
