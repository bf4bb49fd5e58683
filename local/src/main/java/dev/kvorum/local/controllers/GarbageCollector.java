package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.store.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes what lost its owners, finishes foreground and orphan deletions, empties namespaces that are being deleted and
 * definitions that are gone, and forgets old events.
 */
final class GarbageCollector implements Controller {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Duration EVENTS_STAY = Duration.ofHours(1);

    private final Objects objects;
    private final Agent agent;

    GarbageCollector(Objects objects) {
        this.objects = objects;
        this.agent = new Agent(objects, "garbage-collector");
    }

    /** An object with the name of its resource. */
    private record Found(String resource, ObjectNode object) {}

    @Override
    public void reconcile() {
        List<Found> all = all();
        Map<String, ObjectNode> byUid = new HashMap<>();
        all.forEach(found -> byUid.put(Meta.uid(found.object()), found.object()));
        for (Found found : all) {
            List<String> finalizers = Meta.finalizers(found.object());
            if (Meta.isDeleting(found.object()) && finalizers.contains(FOREGROUND)) {
                finishForeground(found, all);
            } else if (Meta.isDeleting(found.object()) && finalizers.contains(ORPHAN)) {
                finishOrphan(found, all);
            } else if (isOrphaned(found.object(), byUid)) {
                delete(found);
            }
        }
        emptyNamespaces(all);
        forgetEvents();
    }

    private List<Found> all() {
        List<Found> all = new ArrayList<>();
        for (ResourceType type : objects.types().all()) {
            agent.list(type.qualifiedName()).forEach(object -> all.add(new Found(type.qualifiedName(), object)));
        }
        return all;
    }

    private static boolean isOrphaned(JsonNode object, Map<String, ObjectNode> byUid) {
        List<JsonNode> owners = Json.items(object, "metadata", "ownerReferences");
        return !owners.isEmpty() && owners.stream().noneMatch(owner -> byUid.containsKey(Json.text(owner, "uid")));
    }

    private void finishForeground(Found owner, List<Found> all) {
        List<Found> dependents = all.stream()
                .filter(found -> isOwnedBy(found.object(), owner.object()))
                .toList();
        boolean blocked = dependents.stream()
                .anyMatch(found -> Json.items(found.object(), "metadata", "ownerReferences").stream()
                        .anyMatch(reference -> Json.text(reference, "uid").equals(Meta.uid(owner.object()))
                                && reference.path("blockOwnerDeletion").asBoolean()));
        dependents.forEach(this::delete);
        if (!blocked) {
            removeFinalizer(owner, FOREGROUND);
        }
    }

    private void finishOrphan(Found owner, List<Found> all) {
        String uid = Meta.uid(owner.object());
        for (Found found : all) {
            if (isOwnedBy(found.object(), owner.object())) {
                agent.edit(found.resource(), found.object(), now -> {
                    List<JsonNode> rest = Json.items(now, "metadata", "ownerReferences");
                    rest.removeIf(reference -> Json.text(reference, "uid").equals(uid));
                    Meta.metadata(now).remove("ownerReferences");
                    if (!rest.isEmpty()) {
                        Meta.metadata(now).putArray("ownerReferences").addAll(rest);
                    }
                    return now;
                });
            }
        }
        removeFinalizer(owner, ORPHAN);
    }

    private static boolean isOwnedBy(JsonNode object, JsonNode owner) {
        return Json.items(object, "metadata", "ownerReferences").stream()
                .anyMatch(reference -> Json.text(reference, "uid").equals(Meta.uid(owner)));
    }

    private void delete(Found found) {
        if (!Meta.isDeleting(found.object())) {
            agent.delete(found.resource(), found.object(), DeleteOptions.plain());
        }
    }

    private void removeFinalizer(Found found, String finalizer) {
        agent.edit(found.resource(), found.object(), now -> {
            List<String> rest = new ArrayList<>(Meta.finalizers(now));
            rest.remove(finalizer);
            ArrayNode finalizers = Meta.metadata(now).putArray("finalizers");
            rest.forEach(finalizers::add);
            return now;
        });
    }

    private void emptyNamespaces(List<Found> all) {
        for (ObjectNode namespace : agent.list("namespaces")) {
            if (Meta.isDeleting(namespace)) {
                List<Found> inside = all.stream()
                        .filter(found -> Meta.namespace(found.object()).equals(Meta.name(namespace)))
                        .toList();
                inside.forEach(this::delete);
                if (inside.isEmpty()) {
                    objects.store().remove(new ObjectKey("namespaces", "", Meta.name(namespace)));
                }
            }
        }
        for (ObjectKey key : objects.store().keys()) {
            if (objects.types().find(key.resource()).isEmpty()) {
                objects.store().remove(key);
            }
        }
    }

    private void forgetEvents() {
        Instant oldest = agent.now().minus(EVENTS_STAY);
        for (ObjectNode event : agent.list("events")) {
            String last = Json.text(event, "lastTimestamp");
            String seen = last.isEmpty() ? Json.text(event, "metadata", "creationTimestamp") : last;
            if (Instant.parse(seen).isBefore(oldest)) {
                agent.delete("events", event, DeleteOptions.plain());
            }
        }
    }
}
