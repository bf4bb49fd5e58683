package dev.kvorum.local.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.ownership.Writer.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/** The field sets of all writers of an object, as read from its metadata; changed in place, then written back. */
final class ManagedFields {

    /** What one writer owns, since when. */
    record Entry(FieldSet fields, String time) {}

    private final Map<Writer, Entry> entries = new LinkedHashMap<>();

    static ManagedFields of(JsonNode object) {
        ManagedFields managed = new ManagedFields();
        for (JsonNode entry : Json.items(object, "metadata", "managedFields")) {
            String operation = Json.text(entry, "operation");
            Writer writer = new Writer(
                    Json.text(entry, "manager"),
                    operation.equals("Apply") ? Operation.APPLY : Operation.UPDATE,
                    Json.text(entry, "apiVersion"),
                    Json.text(entry, "subresource"));
            if (!operation.isEmpty()) {
                managed.entries.put(
                        writer, new Entry(FieldSet.parse(entry.path("fieldsV1")), Json.text(entry, "time")));
            }
        }
        return managed;
    }

    FieldSet of(Writer writer) {
        Entry entry = entries.get(writer);
        return entry == null ? FieldSet.EMPTY : entry.fields();
    }

    Map<Writer, FieldSet> others(Writer writer) {
        Map<Writer, FieldSet> others = new LinkedHashMap<>();
        entries.forEach((other, entry) -> {
            if (!other.equals(writer)) {
                others.put(other, entry.fields());
            }
        });
        return others;
    }

    /** Sets what a writer owns; the time moves only when that is something else than before. */
    void set(Writer writer, FieldSet fields, String time) {
        Entry before = entries.get(writer);
        if (fields.isEmpty()) {
            entries.remove(writer);
        } else if (before == null || !before.fields().equals(fields)) {
            entries.put(writer, new Entry(fields, time));
        }
    }

    /** Takes fields from everybody but one. */
    void takeFromOthers(Writer keeper, FieldSet taken) {
        others(keeper).forEach((other, fields) -> {
            String time = java.util.Objects.requireNonNull(entries.get(other)).time();
            set(other, fields.minus(taken), time);
        });
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = Json.child(object, "metadata");
        metadata.remove("managedFields");
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = metadata.putArray("managedFields");
        entries.forEach((writer, entry) -> {
            ObjectNode node = list.addObject();
            node.put("manager", writer.manager());
            node.put("operation", writer.operation().word());
            node.put("apiVersion", writer.apiVersion());
            node.put("time", entry.time());
            node.put("fieldsType", "FieldsV1");
            node.set("fieldsV1", entry.fields().toJson());
            if (!writer.subresource().isEmpty()) {
                node.put("subresource", writer.subresource());
            }
        });
    }
}
