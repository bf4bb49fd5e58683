package dev.kvorum.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** JSON patch (RFC 6902) and merge patch (RFC 7396). */
public final class JsonPatches {

    private JsonPatches() {}

    /** The object after a list of operations. */
    public static ObjectNode operations(ObjectNode object, JsonNode patch) throws InvalidPatchException {
        if (!patch.isArray()) {
            throw new InvalidPatchException("a JSON patch is a list of operations");
        }
        try {
            if (JsonPatch.apply(patch, object.deepCopy()) instanceof ObjectNode patched) {
                return patched;
            }
        } catch (JsonPatchException e) {
            throw new InvalidPatchException(String.valueOf(e.getMessage()));
        }
        throw new InvalidPatchException("the patch turns the object into something else");
    }

    /** The object with the patch's fields in place of its own; null removes. */
    public static ObjectNode merge(ObjectNode object, JsonNode patch) throws InvalidPatchException {
        if (!(patch instanceof ObjectNode changes)) {
            throw new InvalidPatchException("a merge patch is an object");
        }
        ObjectNode merged = object.deepCopy();
        mergeInto(merged, changes);
        return merged;
    }

    private static void mergeInto(ObjectNode target, ObjectNode changes) {
        changes.properties().forEach(e -> {
            String name = e.getKey();
            if (e.getValue().isNull()) {
                target.remove(name);
            } else if (e.getValue() instanceof ObjectNode inner) {
                mergeInto(Json.child(target, name), inner);
            } else {
                target.set(name, e.getValue().deepCopy());
            }
        });
    }
}
