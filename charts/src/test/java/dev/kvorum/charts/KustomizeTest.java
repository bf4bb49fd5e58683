package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.charts.Manifests.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kustomize base is the chart with its default values, for those without Helm. */
class KustomizeTest {

    private static final Path BASE = Path.of("kustomize");
    private static final Path OBJECTS = BASE.resolve("operator.yaml");
    private static final Path DEFINITION = BASE.resolve("crds.yaml");
    private static final String HEAD = "# Made from the chart; change that, then: "
            + "mvn -pl charts test -Dtest=KustomizeTest -Dkvorum.write=true\n";
    private static final String FIRST_CRD = "# Source: kvorum-operator/templates/crds.yaml";

    @BeforeEach
    void needsHelm() {
        Tool.HELM.assumeInstalled();
    }

    @Test
    void filesAreWhatTheChartRenders() throws IOException {
        String objects = HEAD + documents(document -> !document.startsWith(FIRST_CRD));
        String definition = HEAD + documents(document -> document.startsWith(FIRST_CRD));
        if (Boolean.getBoolean("kvorum.write")) {
            Files.writeString(OBJECTS, objects);
            Files.writeString(DEFINITION, definition);
        }
        assertThat(OBJECTS).hasContent(objects);
        assertThat(DEFINITION).hasContent(definition);
    }

    @Test
    void baseAndChartGiveTheSameObjectsApartFromHelmsLabels() {
        Tool.KUBECTL.assumeInstalled();
        Manifests base =
                Manifests.of(Tool.KUBECTL.run("kustomize", BASE.toString()).orFail());

        List<ObjectNode> fromBase = base.objects().stream()
                .filter(object -> !object.path("kind").asText().equals("Namespace"))
                .toList();

        assertThat(byPlace(fromBase))
                .isEqualTo(byPlace(Manifests.ofChart("default").objects()));
        assertThat(base.only(Kind.NAMESPACE)
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
    }

    private static String documents(Predicate<String> which) {
        return Stream.of(Manifests.template("default").split("(?m)^---\n", -1))
                .filter(document -> !document.isBlank())
                .filter(which)
                .map(KustomizeTest::withoutHelm)
                .reduce("", (all, next) -> all + "---\n" + next.strip() + "\n");
    }

    private static String withoutHelm(String document) {
        return document.lines()
                .filter(line -> !line.matches(" *helm.sh/(chart|resource-policy): .*|# Source: .*"))
                .filter(line -> !line.matches(" *app.kubernetes.io/managed-by: Helm"))
                .reduce("", (all, next) -> all + next + "\n")
                .replace("  annotations:\n  labels:\n", "  labels:\n");
    }

    private static SortedMap<String, ObjectNode> byPlace(List<ObjectNode> objects) {
        var byPlace = new TreeMap<String, ObjectNode>();
        objects.forEach(object -> byPlace.put(place(object), withoutHelm(object)));
        return byPlace;
    }

    private static ObjectNode withoutHelm(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(List.of("helm.sh/chart", "app.kubernetes.io/managed-by"));
        }
        if (copy.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove("helm.sh/resource-policy");
            if (annotations.isEmpty()) {
                copy.withObject("/metadata").remove("annotations");
            }
        }
        return copy;
    }

    private static String place(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }
}
