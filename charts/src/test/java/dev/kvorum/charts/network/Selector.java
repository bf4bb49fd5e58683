package dev.kvorum.charts.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A label selector. */
record Selector(JsonNode selector) {

    boolean selects(Map<String, String> labels) {
        return selector.path("matchLabels").properties().stream()
                        .allMatch(wanted -> wanted.getValue().asText().equals(labels.get(wanted.getKey())))
                && selector.path("matchExpressions").valueStream().allMatch(wanted -> holds(wanted, labels));
    }

    private static boolean holds(JsonNode wanted, Map<String, String> labels) {
        String value = labels.get(wanted.path("key").asText());
        Set<String> values =
                wanted.path("values").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        String operator = wanted.path("operator").asText();
        return switch (operator) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("a selector has no operator " + operator);
        };
    }
}
