package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.DeleteOptions.Propagation;
import dev.kvorum.local.objects.WriteOptions.Effect;
import dev.kvorum.local.objects.Written.Outcome;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.store.ObjectStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletion: at once, after a pod's grace, or after the last finalizer. */
final class Deletions {

    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private final ObjectStore store;
    private final InstantSource clock;

    Deletions(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Written delete(ResourceType type, ObjectNode object, DeleteOptions options) {
        checkPreconditions(type, object, options);
        ObjectNode next = object.deepCopy();
        addFinalizer(next, options.propagation());
        int grace = graceSeconds(type, object, options);
        boolean waits = grace > 0 || !Meta.finalizers(next).isEmpty() || isNamespace(type);
        if (!waits) {
            if (options.effect() == Effect.STORED) {
                store.remove(Meta.key(type, object));
            }
            return new Written(object, Outcome.REMOVED, List.of());
        }
        mark(type, next, grace);
        if (next.equals(object) || options.effect() == Effect.DRY_RUN) {
            return new Written(next, Outcome.UNCHANGED, List.of());
        }
        return new Written(store.put(Meta.key(type, next), next), Outcome.CHANGED, List.of());
    }

    /** True when an update takes the last reason to wait from an object that is being deleted. */
    boolean isLastStep(ObjectNode before, ObjectNode after) {
        boolean hadFinalizers = !Meta.finalizers(before).isEmpty();
        boolean inGrace =
                after.path("metadata").path("deletionGracePeriodSeconds").asInt() > 0;
        return Meta.isDeleting(after) && hadFinalizers && Meta.finalizers(after).isEmpty() && !inGrace;
    }

    private void mark(ResourceType type, ObjectNode object, int grace) {
        ObjectNode metadata = Meta.metadata(object);
        int before = metadata.path("deletionGracePeriodSeconds").asInt(Integer.MAX_VALUE);
        if (!metadata.has("deletionTimestamp") || grace < before) {
            metadata.put("deletionTimestamp", Meta.time(clock.instant().plusSeconds(grace)));
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        if (isNamespace(type)) {
            Json.child(object, "status").put("phase", "Terminating");
        }
    }

    private static boolean isNamespace(ResourceType type) {
        return type.qualifiedName().equals("namespaces");
    }

    /** Only a pod that a kubelet runs has anything to end. */
    private static int graceSeconds(ResourceType type, ObjectNode object, DeleteOptions options) {
        Set<String> over = Set.of("Succeeded", "Failed");
        boolean runs = type.qualifiedName().equals("pods")
                && !Json.text(object, "spec", "nodeName").isEmpty()
                && !over.contains(Json.text(object, "status", "phase"));
        if (!runs) {
            return 0;
        }
        Integer asked = options.graceSeconds();
        int own = object.at("/spec/terminationGracePeriodSeconds").asInt(30);
        return Math.max(0, asked == null ? own : asked);
    }

    private static void addFinalizer(ObjectNode object, Propagation propagation) {
        List<String> finalizers = new ArrayList<>(Meta.finalizers(object));
        switch (propagation) {
            case BACKGROUND -> {}
            case FOREGROUND -> finalizers.add(FOREGROUND);
            case ORPHAN -> finalizers.add(ORPHAN);
        }
        if (!finalizers.isEmpty()) {
            var list = Meta.metadata(object).putArray("finalizers");
            finalizers.stream().distinct().forEach(list::add);
        }
    }

    private static void checkPreconditions(ResourceType type, ObjectNode object, DeleteOptions options) {
        check(type, object, "UID", options.uid(), Meta.uid(object));
        check(type, object, "ResourceVersion", options.resourceVersion(), Meta.resourceVersion(object));
    }

    private static void check(
            ResourceType type,
            ObjectNode object,
            String what,
            @org.jspecify.annotations.Nullable String wanted,
            String actual) {
        if (wanted != null && !wanted.isEmpty() && !wanted.equals(actual)) {
            throw ApiProblem.conflict(
                    type,
                    Meta.name(object),
                    "Precondition failed: " + what + " in precondition: " + wanted + ", " + what + " in object meta: "
                            + actual);
        }
    }
}
