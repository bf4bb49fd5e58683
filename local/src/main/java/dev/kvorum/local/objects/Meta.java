package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.store.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Reads the metadata that every object has. */
public final class Meta {

    private Meta() {}

    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }

    public static boolean isDeleting(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    public static List<String> finalizers(JsonNode object) {
        return Json.items(object, "metadata", "finalizers").stream()
                .map(JsonNode::asText)
                .toList();
    }

    public static ObjectNode metadata(ObjectNode object) {
        return Json.child(object, "metadata");
    }

    /** The owner that manages the object, if any. */
    public static Optional<JsonNode> controller(JsonNode object) {
        return Json.items(object, "metadata", "ownerReferences").stream()
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst();
    }

    public static boolean isControlledBy(JsonNode object, JsonNode owner) {
        return controller(object)
                .filter(reference -> Json.text(reference, "uid").equals(uid(owner)))
                .isPresent();
    }

    /** A reference to a managing owner. */
    public static ObjectNode controllerReference(JsonNode owner) {
        return Json.object()
                .put("apiVersion", Json.text(owner, "apiVersion"))
                .put("kind", Json.text(owner, "kind"))
                .put("name", name(owner))
                .put("uid", uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    public static ObjectKey key(ResourceType type, JsonNode object) {
        return new ObjectKey(type.qualifiedName(), namespace(object), name(object));
    }

    /** The form of times in metadata: whole seconds. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
