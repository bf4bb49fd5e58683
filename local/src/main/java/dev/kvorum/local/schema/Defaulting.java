package dev.kvorum.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in what a schema gives a default for, where the parent is there and the field is not. */
public final class Defaulting {

    private Defaulting() {}

    /** Changes the value in place. */
    public static void apply(Schema schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (String name : schema.propertyNames()) {
                applyTo(
                        schema.fieldOrAnything(name),
                        schema.node().path("properties").path(name),
                        object,
                        name);
            }
            Schema additional = schema.additional();
            if (additional != null) {
                object.properties().forEach(e -> apply(additional, e.getValue()));
            }
        } else if (value.isArray()) {
            value.forEach(item -> apply(schema.items(), item));
        }
    }

    private static void applyTo(Schema field, JsonNode form, ObjectNode object, String name) {
        JsonNode present = object.get(name);
        JsonNode standard = form.path("default");
        boolean absent = present == null || (present.isNull() && !field.isNullable());
        if (absent && !standard.isMissingNode()) {
            object.set(name, standard.deepCopy());
        } else if (absent) {
            // A null where null is not allowed means absent, as for the real API server.
            object.remove(name);
        }
        JsonNode now = object.get(name);
        if (now != null) {
            apply(field, now);
        }
    }
}
