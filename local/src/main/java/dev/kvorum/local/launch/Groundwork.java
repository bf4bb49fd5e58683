package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.objects.WriteOptions;
import dev.kvorum.local.ownership.Ownership.Force;
import dev.kvorum.local.resources.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is there before any user comes: namespaces, the storage class, the definition of KVCluster. */
public final class Groundwork {

    private static final String DEFINITION = "/crds/kvclusters.kvorum.dev.yaml";

    private Groundwork() {}

    public static void lay(Objects objects) {
        Agent agent = new Agent(objects, "groundwork");
        for (String name : List.of("default", "kube-system")) {
            if (agent.find("namespaces", "", name).isEmpty()) {
                agent.create("namespaces", named(name));
            }
            ObjectNode account = named("default");
            Json.child(account, "metadata").put("namespace", name);
            if (agent.find("serviceaccounts", name, "default").isEmpty()) {
                agent.create("serviceaccounts", account);
            }
        }
        if (agent.find("storageclasses.storage.k8s.io", "", "standard").isEmpty()) {
            agent.create("storageclasses.storage.k8s.io", storageClass());
        }
        Json.parseDocuments(read(DEFINITION)).forEach(definition -> define(objects, definition));
    }

    /** A newer checkout may bring a newer definition. */
    static void define(Objects objects, ObjectNode definition) {
        ResourceType type = objects.types().get("customresourcedefinitions.apiextensions.k8s.io");
        objects.apply(type, "", definition, Force.YES, WriteOptions.by("groundwork"));
    }

    private static ObjectNode storageClass() {
        ObjectNode type = named("standard");
        Json.child(type, "metadata", "annotations").put("storageclass.kubernetes.io/is-default-class", "true");
        return type.put("provisioner", "kvorum.dev/local-directory").put("allowVolumeExpansion", true);
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Json.object();
        Meta.metadata(object).put("name", name);
        return object;
    }

    private static String read(String resource) {
        try (InputStream stream = Groundwork.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
