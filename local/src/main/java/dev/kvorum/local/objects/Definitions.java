package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;

/** CustomResourceDefinitions: what the API server says in their status. */
final class Definitions {

    static final String RESOURCE = "customresourcedefinitions.apiextensions.k8s.io";

    private Definitions() {}

    /** Marks a definition as served. */
    static void accept(ObjectNode definition, String now) {
        ObjectNode status = Json.child(definition, "status");
        status.set("acceptedNames", definition.at("/spec/names").deepCopy());
        ArrayNode stored = status.putArray("storedVersions");
        for (JsonNode version : definition.at("/spec/versions")) {
            if (version.path("storage").asBoolean()) {
                stored.add(version.path("name"));
            }
        }
        if (!status.has("conditions")) {
            ArrayNode conditions = status.putArray("conditions");
            conditions.add(condition("NamesAccepted", "NoConflicts", "no conflicts found", now));
            conditions.add(
                    condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
        }
    }

    private static ObjectNode condition(String type, String reason, String message, String now) {
        return Json.object()
                .put("type", type)
                .put("status", "True")
                .put("lastTransitionTime", now)
                .put("reason", reason)
                .put("message", message);
    }
}
