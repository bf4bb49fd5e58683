package dev.kvorum.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the API server merges an applied value with the live one, and so how much of the live one is ours.
 *
 * <p>Source: {@code x-kubernetes-map-type}, {@code x-kubernetes-list-type} and {@code x-kubernetes-list-map-keys} in
 * the OpenAPI document of Kubernetes 1.30 and later, for the fields that our objects set.
 */
enum MergeRule {
    /** Field by field: what other writers add stays theirs. */
    FIELDS,
    /** Item by item, told apart by their keys: items of other writers stay. */
    ITEMS,
    /** As one value: an apply replaces all of it, whoever wrote the parts. */
    WHOLE;

    private static final Set<String> ATOMIC_MAPS = Set.of("selector", "podSelector", "nodeSelector", "fieldRef");

    private static final Map<String, List<String>> ITEM_KEYS = Map.of(
            "containers", List.of("/name"),
            "env", List.of("/name"),
            "imagePullSecrets", List.of("/name"),
            "ownerReferences", List.of("/uid"),
            // Of a container and of a Service; those of a NetworkPolicy are inside a list that is one value.
            "ports", List.of("/containerPort", "/port", "/protocol"),
            // One value to the server, which adds to it and lets nobody else change it.
            "volumeClaimTemplates", List.of("/metadata/name"),
            "volumeMounts", List.of("/mountPath"),
            "volumes", List.of("/name"));

    /** The rule of the value that the field {@code name} of an object has. */
    static MergeRule of(String name, JsonNode value) {
        if (value.isArray()) {
            return ITEM_KEYS.containsKey(name) ? ITEMS : WHOLE;
        }
        return value.isObject() && !ATOMIC_MAPS.contains(name) ? FIELDS : WHOLE;
    }

    /** What tells an item of the list {@code name} apart from the others. */
    static String key(String name, JsonNode item) {
        return ITEM_KEYS.getOrDefault(name, List.of()).stream()
                .map(pointer -> item.at(pointer).asText(pointer.equals("/protocol") ? "TCP" : ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/"));
    }
}
