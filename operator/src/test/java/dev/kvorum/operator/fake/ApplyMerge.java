package dev.kvorum.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply in small: maps merge, lists merge by the keys of their items, selectors are replaced, and what is
 * no longer applied goes.
 */
final class ApplyMerge {

    private static final Set<String> REPLACED = Set.of("selector", "podSelector", "nodeSelector");

    private ApplyMerge() {}

    static ObjectNode merged(ObjectNode live, JsonNode applied, @Nullable JsonNode appliedBefore) {
        ObjectNode result = live.deepCopy();
        if (appliedBefore != null) {
            removeDropped(result, appliedBefore, applied);
        }
        mergeInto(result, applied);
        return result;
    }

    private static void removeDropped(ObjectNode live, JsonNode before, JsonNode now) {
        before.properties().forEach(field -> {
            String name = field.getKey();
            if (!now.has(name)) {
                live.remove(name);
            } else if (field.getValue().isObject() && live.get(name) instanceof ObjectNode inner) {
                removeDropped(inner, field.getValue(), now.get(name));
            }
        });
    }

    /** A merge patch: lists are replaced. */
    static ObjectNode overwritten(ObjectNode live, JsonNode patch) {
        ObjectNode result = live.deepCopy();
        patch.properties().forEach(field -> {
            boolean both = field.getValue().isObject() && result.get(field.getKey()) instanceof ObjectNode;
            result.set(
                    field.getKey(),
                    both
                            ? overwritten((ObjectNode) result.get(field.getKey()), field.getValue())
                            : field.getValue().deepCopy());
        });
        return result;
    }

    /** A name that two ports of a Service have, which no server lets through. */
    static Optional<String> nameTwice(JsonNode object) {
        Set<String> names = new TreeSet<>();
        return object.at("/spec/ports")
                .valueStream()
                .map(port -> port.path("name").asText())
                .filter(name -> !names.add(name))
                .findFirst();
    }

    private static void mergeInto(ObjectNode live, JsonNode applied) {
        applied.properties().forEach(field -> {
            JsonNode old = live.get(field.getKey());
            JsonNode wanted = field.getValue();
            if (wanted.isObject() && old instanceof ObjectNode inner && !REPLACED.contains(field.getKey())) {
                mergeInto(inner, wanted);
            } else if (wanted.path(0).has("name") && old instanceof ArrayNode list) {
                wanted.forEach(item -> mergeItem(list, item));
            } else {
                live.set(field.getKey(), wanted.deepCopy());
            }
        });
    }

    private static void mergeItem(ArrayNode list, JsonNode item) {
        for (JsonNode old : list) {
            if (key(old).equals(key(item))) {
                mergeInto((ObjectNode) old, item);
                return;
            }
        }
        list.add(item.deepCopy());
    }

    /** Ports of a Service by port and protocol, everything else by name. */
    private static String key(JsonNode item) {
        return item.has("port")
                ? item.get("port").asText() + item.path("protocol").asText()
                : item.path("name").asText();
    }
}
