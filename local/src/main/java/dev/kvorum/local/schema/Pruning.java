package dev.kvorum.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes fields that a schema does not name, and says which they were. */
public final class Pruning {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private final Schema metadata;
    private final List<String> removed = new ArrayList<>();

    private Pruning(Schema metadata) {
        this.metadata = metadata;
    }

    /**
     * Changes the object in place.
     *
     * @return the paths of the removed fields, such as {@code spec.zones[0].nmae}
     */
    public static List<String> apply(Schema schema, Schema metadata, ObjectNode object) {
        Pruning pruning = new Pruning(metadata);
        pruning.resource(schema, object, "");
        return List.copyOf(pruning.removed);
    }

    private void resource(Schema schema, ObjectNode object, String path) {
        prune(metadata, object.path("metadata"), path + "metadata");
        for (String name : namesOf(object)) {
            if (!OF_EVERY_OBJECT.contains(name)) {
                field(schema, object, name, path);
            }
        }
    }

    private void prune(Schema schema, JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            if (schema.isEmbeddedResource()) {
                resource(schema, object, path + ".");
                return;
            }
            namesOf(object).forEach(name -> field(schema, object, name, path + "."));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                prune(schema.items(), value.path(i), path + "[" + i + "]");
            }
        }
    }

    private void field(Schema schema, ObjectNode object, String name, String path) {
        Schema field = schema.isIntOrString() ? null : schema.field(name);
        if (field != null) {
            prune(field, object.path(name), path + name);
        } else if (schema.isIntOrString() || !schema.preservesUnknown()) {
            object.remove(name);
            removed.add(path + name);
        }
    }

    private static List<String> namesOf(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
