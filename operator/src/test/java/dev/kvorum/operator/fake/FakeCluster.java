package dev.kvorum.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.act.Api;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.observe.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An API server: objects by kind and name, uids, generations, and apply. One namespace. The operator may do what its
 * committed role grants, so no test passes with an operator that needs more.
 */
public final class FakeCluster implements Api, ClusterView {

    private static final CommittedRole ROLE = CommittedRole.read();
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, JsonNode> applied = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private final Map<String, Integer> lives = new TreeMap<>();

    // --- what the operator does

    @Override
    public void create(HasMetadata object) {
        ROLE.check("create", object.getClass(), "");
        if (objects.containsKey(key(object))) {
            throw refused(409, key(object) + " already exists");
        }
        writes.add("create " + key(object));
        put(object);
    }

    @Override
    public void applyGently(HasMetadata object) {
        ObjectNode live = objects.get(key(object));
        if (live != null && !live.at("/metadata/labels").has(ClusterRef.MANAGED_BY)) {
            throw refused(409, key(object) + " has fields of another manager");
        }
        apply(object);
    }

    @Override
    public void applyFirmly(HasMetadata object) {
        apply(object);
    }

    @Override
    public void overwrite(HasMetadata object) {
        ROLE.check("patch", object.getClass(), "");
        String key = key(object);
        writes.add("overwrite " + key);
        ObjectNode live = liveWithUid(key, object.getMetadata().getUid());
        replace(key, ApplyMerge.overwritten(Objects.requireNonNull(live), json(object)));
    }

    @Override
    public void remove(HasMetadata object) {
        ROLE.check("delete", object.getClass(), "");
        writes.add("remove " + key(object));
        ObjectNode live = objects.get(key(object));
        if (live != null
                && live.at("/metadata/uid").asText().equals(object.getMetadata().getUid())) {
            drop(key(object));
        }
    }

    @Override
    public void applyStatus(KVCluster cluster) {
        ROLE.check("patch", KVCluster.class, "/status");
        writes.add("status");
        Objects.requireNonNull(objects.get(key(cluster)))
                .set("status", json(cluster).get("status"));
    }

    private void apply(HasMetadata object) {
        ROLE.check("patch", object.getClass(), "");
        String key = key(object);
        writes.add("apply " + key);
        ObjectNode live = liveWithUid(key, object.getMetadata().getUid());
        ObjectNode wanted = json(object);
        if (live == null) {
            ROLE.check("create", object.getClass(), "");
            put(object);
        } else {
            ObjectNode merged = ApplyMerge.merged(live, wanted, applied.get(key));
            ApplyMerge.nameTwice(merged).ifPresent(name -> {
                throw refused(422, key + " is invalid: Duplicate value: " + name);
            });
            replace(key, merged);
        }
        applied.put(key, wanted);
    }

    private @Nullable ObjectNode liveWithUid(String key, @Nullable String uid) {
        ObjectNode live = objects.get(key);
        if (uid != null && (live == null || !live.at("/metadata/uid").asText().equals(uid))) {
            throw refused(409, key + " is not the one with uid " + uid);
        }
        return live;
    }

    @Override
    public <T extends HasMetadata> Stream<T> labelled(Class<T> type, ClusterRef cluster) {
        ROLE.check("list", type, "");
        ROLE.check("watch", type, "");
        return all(type)
                .filter(object -> object.getMetadata().getLabels() != null
                        && cluster.name()
                                .equals(object.getMetadata().getLabels().get(ClusterRef.CLUSTER))
                        && object.getMetadata().getLabels().containsKey(ClusterRef.MANAGED_BY));
    }

    @Override
    public Optional<HasMetadata> live(HasMetadata like) {
        ROLE.check("get", like.getClass(), "");
        return Optional.ofNullable(objects.get(key(like))).map(json -> JSON.convertValue(json, like.getClass()));
    }

    // --- what tests and controllers do

    public <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return List.copyOf(objects.values()).stream()
                .filter(json -> json.get("kind").asText().equals(HasMetadata.getKind(type)))
                .map(json -> JSON.convertValue(json, type));
    }

    public <T extends HasMetadata> T get(Class<T> type, String name) {
        return all(type)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    public boolean has(Class<? extends HasMetadata> type, String name) {
        return objects.containsKey(HasMetadata.getKind(type) + "/" + name);
    }

    /** Puts an object there as a person or a controller would. */
    public void put(HasMetadata object) {
        ObjectNode json = json(object);
        ObjectNode metadata = json.withObject("/metadata");
        if (!metadata.has("uid")) {
            metadata.put("uid", "uid-" + key(object) + "-" + lives.merge(key(object), 1, Integer::sum));
        }
        metadata.put("generation", 1);
        objects.put(key(object), json);
    }

    /** Changes an object by hand. */
    public <T extends HasMetadata> void edit(Class<T> type, String name, Consumer<T> change) {
        T object = get(type, name);
        change.accept(object);
        replace(key(object), json(object));
    }

    public void delete(Class<? extends HasMetadata> type, String name) {
        drop(HasMetadata.getKind(type) + "/" + name);
    }

    /** Everything the operator wrote since the last call. */
    public List<String> takeWrites() {
        List<String> taken = List.copyOf(writes);
        writes.clear();
        return taken;
    }

    @Override
    public String toString() {
        return objects.toString();
    }

    private void drop(String key) {
        objects.remove(key);
        applied.remove(key);
    }

    private void replace(String key, ObjectNode json) {
        ObjectNode old = Objects.requireNonNull(objects.get(key));
        if (!json.path("spec").equals(old.path("spec"))) {
            int generation = old.at("/metadata/generation").asInt() + 1;
            json.withObject("/metadata").put("generation", generation);
        }
        objects.put(key, json);
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static ObjectNode json(HasMetadata object) {
        return JSON.convertValue(object, ObjectNode.class);
    }

    public static KubernetesClientException refused(int code, String message) {
        return new KubernetesClientException(
                message,
                code,
                new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
