package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code refusals.yaml}.
 *
 * @param spec merged over a good spec (a null removes a field)
 * @param status of the object before the change
 * @param to merged over {@code spec} for the change that is judged; absent: the creation is judged
 * @param refused messages expected, each once; empty: accepted
 */
record RefusalCase(
        String name,
        @Nullable String clusterName,
        @Nullable JsonNode spec,
        @Nullable JsonNode status,
        @Nullable JsonNode to,
        List<String> refused) {

    RefusalCase {
        refused = refused == null ? List.of() : refused;
    }

    static List<RefusalCase> all() {
        try (InputStream yaml = RefusalCase.class.getResourceAsStream("/refusals.yaml")) {
            return List.of(Serialization.unmarshal(yaml, RefusalCase[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object as first written. */
    ObjectNode before() {
        var cluster = (ObjectNode) Serialization.unmarshal("""
                apiVersion: kvorum.dev/v1alpha1
                kind: KVCluster
                metadata: {}
                spec:
                  replicas: 3
                  zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
                """, JsonNode.class);
        cluster.withObject("/metadata").put("name", clusterName == null ? "demo" : clusterName);
        if (spec != null) {
            merge(cluster.withObject("/spec"), spec);
        }
        return cluster;
    }

    /** The object as it is to become; only where {@code to} is given. */
    ObjectNode after() {
        ObjectNode cluster = before();
        if (to != null) {
            merge(cluster.withObject("/spec"), to);
        }
        return cluster;
    }

    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue().isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
