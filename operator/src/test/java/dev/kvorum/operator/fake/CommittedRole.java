package dev.kvorum.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What the operator may do where it is installed as documented: the ClusterRole of the kustomize base. */
final class CommittedRole {

    private static final Path MANIFESTS = Path.of("../charts/kustomize/operator.yaml");
    private static final int FORBIDDEN = 403;

    private final Set<String> grants = new TreeSet<>();

    private CommittedRole() {}

    static CommittedRole read() {
        var role = new CommittedRole();
        try (var documents = new ObjectMapper(new YAMLFactory())
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(MANIFESTS.toFile())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.path("kind").asText().equals("ClusterRole")) {
                    document.path("rules").forEach(role::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return role;
    }

    private void add(JsonNode rule) {
        for (JsonNode group : rule.path("apiGroups")) {
            for (JsonNode resource : rule.path("resources")) {
                rule.path("verbs").forEach(verb -> grants.add(grant(verb.asText(), group.asText(), resource.asText())));
            }
        }
    }

    /** Refuses as an API server does. */
    void check(String verb, Class<? extends HasMetadata> type, String door) {
        String resource = HasMetadata.getPlural(type) + door;
        if (!grants.contains(grant(verb, HasMetadata.getGroup(type), resource))) {
            throw FakeCluster.refused(
                    FORBIDDEN, "the operator cannot %s resource \"%s\": its role lacks it".formatted(verb, resource));
        }
    }

    private static String grant(String verb, String group, String resource) {
        return verb + " " + resource + " " + group;
    }
}
