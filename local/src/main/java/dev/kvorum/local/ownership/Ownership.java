package dev.kvorum.local.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.ownership.FieldSet.Path;
import dev.kvorum.local.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keeps {@code managedFields} true, and merges what a manager applies. One instance per kind; stateless. */
public final class Ownership {

    /** What a manager's apply comes to. */
    public sealed interface Applied {

        /** The object after it, not yet validated. */
        record Merged(ObjectNode object) implements Applied {}

        /** Refused: it changes what others set, and was not forced. */
        record Conflicts(List<Conflict> conflicts) implements Applied {}
    }

    /** Whether an apply may take fields from other managers. */
    public enum Force {
        NO,
        YES
    }

    private static final List<String> SYSTEM_METADATA = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink",
            "generateName");

    private final Schema schema;

    /**
     * Ownership for objects of one kind.
     *
     * @param schema of the kind
     * @param metadata of every object's metadata
     */
    public Ownership(Schema schema, Schema metadata) {
        ObjectNode form = schema.node().deepCopy();
        Json.child(form, "properties").set("metadata", metadata.node());
        this.schema = new Schema(form, union(schema.definitions(), metadata.definitions()));
    }

    /** Notes in the new object which fields the writer changed since the old one (an empty object when it is new). */
    public void noteUpdate(Writer writer, ObjectNode before, ObjectNode after, String time) {
        ManagedFields managed = ManagedFields.of(after);
        JsonNode old = owned(before);
        JsonNode now = owned(after);
        FieldSet changed = changes(old, now);
        FieldSet gone = FieldSet.of(schema, old).minus(FieldSet.of(schema, now));
        managed.takeFromOthers(writer, changed.plus(gone));
        managed.set(writer, managed.of(writer).plus(changed).minus(gone).within(schema, now), time);
        managed.writeTo(after);
    }

    /** Merges a configuration that a manager applies into the live object (an empty one when there is none). */
    public Applied apply(Writer writer, ObjectNode live, ObjectNode config, Force force, String time) {
        ObjectNode wanted = owned(config);
        FieldSet applied = FieldSet.of(schema, wanted);
        ManagedFields managed = ManagedFields.of(live);
        List<Conflict> conflicts = conflicts(writer, managed, live, wanted, applied);
        if (!conflicts.isEmpty() && force == Force.NO) {
            return new Applied.Conflicts(conflicts);
        }
        ObjectNode merged = live.deepCopy();
        Merge.into(schema, merged, wanted);
        managed.takeFromOthers(writer, changes(owned(live), owned(merged)));
        removeDropped(managed.of(writer).minus(applied), managed.others(writer), merged);
        managed.set(writer, applied, time);
        managed.writeTo(merged);
        return new Applied.Merged(merged);
    }

    private List<Conflict> conflicts(
            Writer writer, ManagedFields managed, ObjectNode live, ObjectNode wanted, FieldSet applied) {
        List<Conflict> conflicts = new ArrayList<>();
        managed.others(writer).forEach((other, fields) -> {
            for (Path path : fields.paths()) {
                JsonNode theirs = Steps.find(schema, live, path);
                boolean differs = !theirs.isMissingNode()
                        && !theirs.isObject()
                        && !Steps.find(schema, wanted, path).equals(theirs);
                if (applied.contains(path) && differs) {
                    conflicts.add(new Conflict(path.toString(), other.manager(), other.apiVersion()));
                }
            }
        });
        return conflicts;
    }

    /**
     * Removes what the manager applied before, does not apply now, and nobody else owns. Items of lists go whole,
     * before their fields: without its key fields an item could not be found again.
     */
    private void removeDropped(FieldSet dropped, Map<Writer, FieldSet> others, ObjectNode merged) {
        for (Path path : dropped.paths()) {
            boolean ownedElsewhere = others.values().stream().anyMatch(fields -> fields.reachesInto(path));
            if (!ownedElsewhere && !path.isKeyOfItem()) {
                Steps.remove(schema, merged, path);
            }
        }
    }

    /** The places whose values differ from the old object's, or that it did not have. */
    private FieldSet changes(JsonNode before, JsonNode after) {
        SortedSet<Path> changed = new TreeSet<>();
        for (Path path : FieldSet.of(schema, after).paths()) {
            JsonNode old = Steps.find(schema, before, path);
            JsonNode now = Steps.find(schema, after, path);
            boolean isItem =
                    now.isObject() && !now.isEmpty() && !path.steps().getLast().startsWith("f:");
            if (isItem ? old.isMissingNode() : !now.equals(old)) {
                changed.add(path);
            }
        }
        return new FieldSet(changed);
    }

    /** The part of an object that can have owners. */
    private static ObjectNode owned(ObjectNode object) {
        ObjectNode rest = object.deepCopy();
        rest.remove(List.of("apiVersion", "kind"));
        if (rest.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SYSTEM_METADATA);
            if (metadata.isEmpty()) {
                rest.remove("metadata");
            }
        }
        dropNulls(rest);
        return rest;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeNulls();
        }
        if (!(node instanceof ArrayNode)) {
            node.forEach(Ownership::dropNulls);
        }
    }

    private static Map<String, ObjectNode> union(Map<String, ObjectNode> one, Map<String, ObjectNode> other) {
        Map<String, ObjectNode> all = new java.util.TreeMap<>(one);
        all.putAll(other);
        return all;
    }
}
