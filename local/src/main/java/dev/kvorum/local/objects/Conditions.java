package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.time.Instant;

/** Reads and sets {@code status.conditions}; the transition time moves only with the status. */
public final class Conditions {

    /** A condition to set; reason and message may be empty. */
    public record Condition(String type, String status, String reason, String message) {

        public static Condition holds(String type) {
            return new Condition(type, "True", "", "");
        }

        public static Condition of(String type, String status) {
            return new Condition(type, status, "", "");
        }
    }

    private Conditions() {}

    public static boolean isTrue(JsonNode object, String type) {
        return Json.items(object, "status", "conditions").stream()
                .anyMatch(condition -> Json.text(condition, "type").equals(type)
                        && Json.text(condition, "status").equals("True"));
    }

    public static void set(ObjectNode object, Condition wanted, Instant now) {
        ArrayNode conditions = Json.child(object, "status").withArray("conditions");
        ObjectNode node = null;
        for (JsonNode condition : conditions) {
            if (Json.text(condition, "type").equals(wanted.type()) && condition instanceof ObjectNode found) {
                node = found;
            }
        }
        if (node == null) {
            node = conditions.addObject().put("type", wanted.type());
        }
        if (!Json.text(node, "status").equals(wanted.status())) {
            node.put("status", wanted.status()).put("lastTransitionTime", Meta.time(now));
        }
        setOrRemove(node, "reason", wanted.reason());
        setOrRemove(node, "message", wanted.message());
    }

    private static void setOrRemove(ObjectNode node, String field, String value) {
        if (value.isEmpty()) {
            node.remove(field);
        } else {
            node.put(field, value);
        }
    }
}
