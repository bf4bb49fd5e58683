package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.objects.WriteOptions.Effect;
import dev.kvorum.local.objects.WriteOptions.Unknown;
import dev.kvorum.local.objects.Written.Outcome;
import dev.kvorum.local.ownership.Ownership;
import dev.kvorum.local.ownership.Ownership.Applied;
import dev.kvorum.local.ownership.Ownership.Force;
import dev.kvorum.local.ownership.Writer;
import dev.kvorum.local.ownership.Writer.Operation;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.schema.Defaulting;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.Pruning;
import dev.kvorum.local.schema.Validation;
import dev.kvorum.local.store.ObjectKey;
import dev.kvorum.local.store.ObjectStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All objects of the cluster, with the rules of the API. Safe for any thread; each write is one step. */
public final class Objects {

    /** Turns the object as it is into the object as a request wants it. */
    @FunctionalInterface
    public interface Edit {
        ObjectNode apply(ObjectNode object);
    }

    private final ObjectStore store;
    private final ResourceTypes types;
    private final InstantSource clock;
    private final Map<String, KindRules> rules;
    private final Deletions deletions;

    public Objects(ObjectStore store, ResourceTypes types, InstantSource clock) {
        this.store = store;
        this.types = types;
        this.clock = clock;
        this.deletions = new Deletions(store, clock);
        this.rules = Map.ofEntries(
                Map.entry("pods", new PodRules()),
                Map.entry("statefulsets.apps", new StatefulSetRules()),
                Map.entry("services", new ServiceRules(store)),
                Map.entry("secrets", OtherRules.SECRET),
                Map.entry("namespaces", OtherRules.NAMESPACE),
                Map.entry("networkpolicies.networking.k8s.io", OtherRules.NETWORK_POLICY),
                Map.entry("storageclasses.storage.k8s.io", OtherRules.STORAGE_CLASS),
                Map.entry("persistentvolumeclaims", OtherRules.CLAIM),
                Map.entry(Definitions.RESOURCE, new DefinitionRules(types)));
        store.list(Definitions.RESOURCE, "").forEach(types::define);
    }

    public ObjectStore store() {
        return store;
    }

    public ResourceTypes types() {
        return types;
    }

    public InstantSource clock() {
        return clock;
    }

    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return store.find(new ObjectKey(type.qualifiedName(), type.isNamespaced() ? namespace : "", name));
    }

    public ObjectNode get(ResourceType type, String namespace, String name) {
        return find(type, namespace, name).orElseThrow(() -> ApiProblem.notFound(type, name));
    }

    public Written create(ResourceType type, String namespace, ObjectNode input, WriteOptions options) {
        ObjectNode object = input.deepCopy();
        Identity.settleKind(type, object);
        Identity.settleNamespace(type, object, namespace);
        Identity.settleName(object);
        if (!Meta.resourceVersion(object).isEmpty()) {
            throw ApiProblem.badRequest("resourceVersion should not be set on objects to be created");
        }
        return store.exclusively(() -> {
            requireNamespace(type, Meta.namespace(object), Meta.name(object));
            if (find(type, Meta.namespace(object), Meta.name(object)).isPresent()) {
                throw ApiProblem.alreadyExists(type, Meta.name(object));
            }
            return write(type, null, object, options);
        });
    }

    /** Changes an object in one step; the edit gets a copy. */
    public Written update(ResourceType type, String namespace, String name, WriteOptions options, Edit edit) {
        return store.exclusively(() -> {
            ObjectNode before = get(type, namespace, name);
            ObjectNode after = edit.apply(before.deepCopy());
            Identity.settleKind(type, after);
            Identity.settleNamespace(type, after, namespace);
            requireSame(type, before, after);
            return write(type, before, after, options);
        });
    }

    /** Server-side apply: creates or merges. */
    public Written apply(ResourceType type, String namespace, ObjectNode config, Force force, WriteOptions options) {
        ObjectNode wanted = config.deepCopy();
        Identity.settleKind(type, wanted);
        Identity.settleNamespace(type, wanted, namespace);
        WriteOptions asApply = options.as(Operation.APPLY);
        return store.exclusively(() -> {
            Optional<ObjectNode> live = find(type, namespace, Meta.name(wanted));
            if (live.isEmpty() && options.door() != Door.MAIN) {
                throw ApiProblem.notFound(type, Meta.name(wanted));
            }
            ObjectNode onto = live.map(ObjectNode::deepCopy).orElseGet(() -> fresh(wanted));
            keepToDoor(type, options.door(), wanted);
            List<String> warnings = prune(type, wanted, options);
            requireSame(type, onto, wanted);
            Applied applied = ownership(type).apply(writer(type, asApply), onto, wanted, force, now());
            ObjectNode merged = unlessRefused(type, Meta.name(wanted), applied);
            requireNamespace(type, namespace, Meta.name(wanted));
            Written written = write(type, live.orElse(null), merged, asApply);
            return new Written(written.object(), written.outcome(), warnings);
        });
    }

    private static ObjectNode unlessRefused(ResourceType type, String name, Applied applied) {
        return switch (applied) {
            case Applied.Conflicts(var conflicts) -> throw ApiProblem.applyConflict(type, name, conflicts);
            case Applied.Merged(var merged) -> merged;
        };
    }

    public Written delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        return store.exclusively(() -> {
            ObjectNode object = get(type, namespace, name);
            Written written = deletions.delete(type, object, options);
            if (written.outcome() == Outcome.REMOVED && type.qualifiedName().equals(Definitions.RESOURCE)) {
                types.remove(name);
            }
            return written;
        });
    }

    private Written write(ResourceType type, @Nullable ObjectNode before, ObjectNode after, WriteOptions options) {
        List<String> warnings = options.operation() == Operation.APPLY ? List.of() : prune(type, after, options);
        KindRules ofKind = rules.getOrDefault(type.qualifiedName(), KindRules.NONE);
        if (options.operation() == Operation.UPDATE) {
            shutOtherDoors(type, before, after, options.door());
        }
        Defaulting.apply(type.schema(), after);
        ofKind.prepare(after, before);
        settleMetadata(type, before, after);
        validate(type, before, after, ofKind);
        if (options.operation() == Operation.UPDATE) {
            ObjectNode old = before == null ? Json.object() : before;
            ownership(type).noteUpdate(writer(type, options), old, after, now());
        }
        return keep(type, before, after, options, warnings);
    }

    private Written keep(
            ResourceType type,
            @Nullable ObjectNode before,
            ObjectNode after,
            WriteOptions options,
            List<String> warnings) {
        ObjectNode next = Json.normalised(after);
        if (before != null && next.equals(before)) {
            return new Written(before, Outcome.UNCHANGED, warnings);
        }
        if (options.effect() == Effect.DRY_RUN) {
            return new Written(next, before == null ? Outcome.CREATED : Outcome.CHANGED, warnings);
        }
        if (before != null && deletions.isLastStep(before, next)) {
            store.remove(Meta.key(type, next));
            return new Written(next, Outcome.REMOVED, warnings);
        }
        if (type.qualifiedName().equals(Definitions.RESOURCE)) {
            Definitions.accept(next, now());
            types.define(next);
        }
        ObjectNode stored = store.put(Meta.key(type, next), next);
        return new Written(stored, before == null ? Outcome.CREATED : Outcome.CHANGED, warnings);
    }

    private List<String> prune(ResourceType type, ObjectNode object, WriteOptions options) {
        List<String> unknown = Pruning.apply(type.schema(), types.objectMeta(), object).stream()
                .map(field -> "unknown field \"" + field + "\"")
                .toList();
        if (!unknown.isEmpty() && options.unknown() == Unknown.STRICT) {
            throw ApiProblem.badRequest(type.kind() + " in version \""
                    + type.groupVersion().version() + "\" cannot be handled as a " + type.kind()
                    + ": strict decoding error: " + String.join(", ", unknown));
        }
        return options.unknown() == Unknown.WARN ? unknown : List.of();
    }

    /** Puts back what this door may not change. */
    private void shutOtherDoors(ResourceType type, @Nullable ObjectNode before, ObjectNode after, Door door) {
        if (door == Door.STATUS && before != null) {
            ObjectNode through = before.deepCopy();
            replaceField(through, "status", after);
            Json.child(through, "metadata")
                    .set("managedFields", after.path("metadata").path("managedFields"));
            after.removeAll();
            after.setAll(through);
        } else if (type.hasStatus()) {
            replaceField(after, "status", before == null ? Json.object() : before);
        }
    }

    private void keepToDoor(ResourceType type, Door door, ObjectNode config) {
        if (door == Door.STATUS) {
            config.retain("apiVersion", "kind", "metadata", "status");
        } else if (type.hasStatus()) {
            config.remove("status");
        }
    }

    private static void replaceField(ObjectNode object, String field, ObjectNode source) {
        object.remove(field);
        if (source.has(field)) {
            object.set(field, source.path(field).deepCopy());
        }
    }

    private void settleMetadata(ResourceType type, @Nullable ObjectNode before, ObjectNode after) {
        ObjectNode metadata = Meta.metadata(after);
        List<String> settled =
                List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation");
        metadata.remove(settled);
        if (metadata.path("finalizers").isEmpty()) {
            metadata.remove("finalizers");
        }
        if (before == null) {
            metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
            if (type.hasStatus() || type.isCustom()) {
                metadata.put("generation", 1);
            }
            return;
        }
        settled.forEach(field -> {
            if (before.path("metadata").has(field)) {
                metadata.set(field, before.path("metadata").path(field));
            }
        });
        metadata.put("resourceVersion", Meta.resourceVersion(before));
        if (metadata.has("generation") && !meaning(before).equals(meaning(Json.normalised(after)))) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
    }

    /** What a generation counts: all but metadata and status. */
    private static ObjectNode meaning(ObjectNode object) {
        return object.deepCopy().remove(List.of("metadata", "status", "apiVersion", "kind"));
    }

    private void validate(ResourceType type, @Nullable ObjectNode before, ObjectNode after, KindRules ofKind) {
        List<FieldError> errors = new ArrayList<>();
        if (before == null) {
            Identity.checkName(type, after).ifPresent(errors::add);
        }
        errors.addAll(Validation.check(type.schema(), after));
        if (errors.isEmpty()) {
            errors.addAll(ofKind.check(after, before));
        }
        if (FieldError.leaveRulesMeaningful(errors)) {
            errors.addAll(type.shape().rules().check(after, before));
        } else if (!type.shape().rules().isEmpty()) {
            errors.add(FieldError.rulesNotChecked());
        }
        if (!errors.isEmpty()) {
            throw ApiProblem.invalid(type, Meta.name(after), errors);
        }
    }

    private void requireSame(ResourceType type, ObjectNode before, ObjectNode after) {
        String name = Meta.name(before);
        if (!Meta.name(after).isEmpty() && !Meta.name(after).equals(name)) {
            throw ApiProblem.badRequest("the name of the object (" + Meta.name(after)
                    + ") does not match the name on the URL (" + name + ")");
        }
        Meta.metadata(after).put("name", name);
        String version = Meta.resourceVersion(after);
        if (!version.isEmpty() && !version.equals(Meta.resourceVersion(before))) {
            throw ApiProblem.modified(type, name);
        }
        String uid = Meta.uid(after);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw ApiProblem.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
    }

    private void requireNamespace(ResourceType type, String namespace, String name) {
        if (!type.isNamespaced()) {
            return;
        }
        ResourceType namespaces = types.get("namespaces");
        ObjectNode found =
                find(namespaces, "", namespace).orElseThrow(() -> ApiProblem.notFound(namespaces, namespace));
        if (Meta.isDeleting(found) && find(type, namespace, name).isEmpty()) {
            throw ApiProblem.forbidden(
                    type,
                    name,
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    private static ObjectNode fresh(ObjectNode wanted) {
        ObjectNode fresh = Json.object();
        fresh.set("apiVersion", wanted.path("apiVersion"));
        fresh.set("kind", wanted.path("kind"));
        Json.child(fresh, "metadata").put("name", Meta.name(wanted));
        if (!Meta.namespace(wanted).isEmpty()) {
            Json.child(fresh, "metadata").put("namespace", Meta.namespace(wanted));
        }
        return fresh;
    }

    private Ownership ownership(ResourceType type) {
        return new Ownership(type.schema(), types.objectMeta());
    }

    private static Writer writer(ResourceType type, WriteOptions options) {
        return new Writer(
                options.manager(),
                options.operation(),
                type.groupVersion().toString(),
                options.door().subresource());
    }

    private String now() {
        return Meta.time(clock.instant());
    }
}
