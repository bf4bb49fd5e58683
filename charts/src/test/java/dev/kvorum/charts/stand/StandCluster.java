package dev.kvorum.charts.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One KVCluster on a stand, with the hands of its user, past all guards. */
public record StandCluster(Agent user, String namespace, String name) {

    private static final String CLUSTERS = "kvclusters.kvorum.dev";

    /** Creates it or changes its spec. */
    public void ask(String spec) {
        ObjectNode wanted = Json.parseDocuments(spec).getFirst();
        Optional<ObjectNode> live = live();
        if (live.isPresent()) {
            user.edit(CLUSTERS, live.get(), now -> now.set("spec", wanted));
            return;
        }
        ObjectNode cluster = Json.object();
        cluster.putObject("metadata").put("namespace", namespace).put("name", name);
        cluster.set("spec", wanted);
        user.create(CLUSTERS, cluster);
    }

    /** Deletes it; what it owns goes after it. */
    public void delete() {
        live().ifPresent(cluster -> user.delete(CLUSTERS, cluster, DeleteOptions.now(Meta.uid(cluster))));
    }

    public Optional<ObjectNode> live() {
        return user.find(CLUSTERS, namespace, name);
    }

    /** Whether a condition is True. */
    public boolean holds(String condition) {
        return live().stream()
                .flatMap(cluster -> cluster.at("/status/conditions").valueStream())
                .anyMatch(live -> live.path("type").asText().equals(condition)
                        && live.path("status").asText().equals("True"));
    }

    /** What the conditions say. */
    public List<String> messages() {
        return live().stream()
                .flatMap(cluster -> cluster.at("/status/conditions").valueStream())
                .map(condition -> condition.path("message").asText())
                .toList();
    }

    public List<ObjectNode> pods() {
        return objects("pods");
    }

    /** What the operator made for it, of one resource. */
    public List<ObjectNode> objects(String resource) {
        return user.list(resource, namespace).stream()
                .filter(object -> object.at("/metadata/labels/app.kubernetes.io~1managed-by")
                        .asText()
                        .equals("kvorum-operator"))
                .toList();
    }

    /** Changes each of them by hand. */
    public void edit(String resource, Consumer<ObjectNode> change) {
        objects(resource)
                .forEach(object -> user.edit(resource, object, now -> {
                    change.accept(now);
                    return now;
                }));
    }
}
