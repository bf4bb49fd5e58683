package dev.kvorum.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Kubernetes objects as YAML documents, as rendered or as committed. */
record Manifests(List<ObjectNode> objects) {

    static final Path CHART = Path.of("kvorum-operator");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String KUBERNETES = "1.34.0";

    /** What {@code helm template} makes of the chart with one of the committed sets of values. */
    static Manifests ofChart(String values) {
        return of(template(values));
    }

    static String template(String values) {
        return Tool.HELM
                .run(templateArguments("--values", "src/test/resources/values/" + values + ".yaml"))
                .orFail();
    }

    static String[] templateArguments(String... more) {
        List<String> always = List.of(
                "template",
                "kvorum-operator",
                CHART.toString(),
                "--namespace=kvorum-system",
                "--kube-version=" + KUBERNETES);
        return Stream.concat(always.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    static Manifests of(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return new Manifests(documents.readAll().stream()
                    .filter(ObjectNode.class::isInstance)
                    .map(ObjectNode.class::cast)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path path) {
        try {
            return YAML.readTree(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<ObjectNode> of(Kind kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind.name));
    }

    ObjectNode only(Kind kind) {
        List<ObjectNode> found = of(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind.name + " and not one");
        }
        return found.getFirst();
    }

    /** Kinds of objects by which tests look. */
    enum Kind {
        DEFINITION("CustomResourceDefinition"),
        DEPLOYMENT("Deployment"),
        NETWORK_POLICY("NetworkPolicy"),
        ROLE("Role"),
        CLUSTER_ROLE("ClusterRole"),
        RULES("PrometheusRule"),
        CONFIG_MAP("ConfigMap"),
        NAMESPACE("Namespace");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }
}
