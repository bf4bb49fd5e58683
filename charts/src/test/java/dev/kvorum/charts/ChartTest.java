package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.charts.Manifests.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm renders it. */
class ChartTest {

    private static final String DEFINITION = "kvclusters.kvorum.dev.yaml";
    private static final Path COMMITTED = Path.of("../crds/src/main/resources/crds", DEFINITION);
    private static final Path IN_CHART = Manifests.CHART.resolve("files/crds").resolve(DEFINITION);
    private static final String SOURCE = "# Source: kvorum-operator/templates/";

    @BeforeEach
    void needsHelm() {
        Tool.HELM.assumeInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "one-namespace", "monitored", "own-everything"})
    void rendersWhatIsCommitted(String values) throws IOException {
        String rendered = withoutFiles(Manifests.template(values));
        Path golden = Path.of("src/test/resources/golden", values + ".yaml");
        if (Boolean.getBoolean("kvorum.write")) {
            Files.writeString(golden, rendered);
        }
        assertThat(golden)
                .as("write it with: mvn -pl charts test -Dtest=ChartTest -Dkvorum.write=true")
                .hasContent(rendered);
    }

    /** Without what other tests compare with its own source: the definition and the dashboard. */
    private static String withoutFiles(String rendered) {
        return Stream.of(rendered.split("(?m)^---\n", -1))
                .filter(document -> !document.startsWith(SOURCE + "crds.yaml"))
                .filter(document -> !document.startsWith(SOURCE + "dashboard.yaml"))
                .reduce((all, next) -> all + "---\n" + next)
                .orElseThrow();
    }

    @Test
    void lintHasNothingToSay() {
        assertThat(Tool.HELM.run("lint", "--strict", Manifests.CHART.toString()).orFail())
                .doesNotContain("[WARNING]", "[ERROR]");
    }

    @Test
    void definitionIsTheGeneratedOne() {
        assertThat(IN_CHART)
                .as("the definition drifted: copy %s to it", COMMITTED)
                .hasSameTextualContentAs(COMMITTED);
    }

    @Test
    void definitionIsRenderedAsItIsAndStaysWhenTheReleaseGoes() {
        ObjectNode rendered = Manifests.ofChart("default").only(Kind.DEFINITION);

        assertThat(rendered.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                .isEqualTo("keep");
        assertThat(rendered.get("spec")).isEqualTo(Manifests.read(COMMITTED).get("spec"));
        assertThat(rendered.at("/metadata/name"))
                .isEqualTo(Manifests.read(COMMITTED).at("/metadata/name"));
    }

    @Test
    void operatorsPodsMeetTheRestrictedProfile() {
        JsonNode pod = Manifests.ofChart("default").only(Kind.DEPLOYMENT).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.get("containers")).hasSize(1);
        assertThat(pod.has("initContainers")).isFalse();
        assertThat(container.get("allowPrivilegeEscalation").asBoolean()).isFalse();
        assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void badValueIsRefusedByName(BadValue bad) {
        Tool.Said said = Tool.HELM.run(Manifests.templateArguments("--set", bad.set()));

        assertThat(said.code()).isNotZero();
        assertThat(said.text()).contains(bad.says());
    }

    static List<BadValue> badValues() {
        List<BadValue> bad = new ArrayList<>();
        Manifests.read(Path.of("src/test/resources/bad-values.yaml"))
                .forEach(value -> bad.add(new BadValue(
                        value.get("set").asText(), value.get("says").asText())));
        return bad;
    }

    /** The values file documents each value; the schema knows each and no other. */
    @Test
    void schemaAndValuesKnowTheSameNames() {
        JsonNode schema = Manifests.read(Manifests.CHART.resolve("values.schema.json"));
        JsonNode values = Manifests.read(Manifests.CHART.resolve("values.yaml"));

        assertThat(names("", values)).containsExactlyInAnyOrderElementsOf(schemaNames("", schema));
    }

    private static List<String> names(String path, JsonNode values) {
        List<String> names = new ArrayList<>();
        values.properties().forEach(field -> {
            String name = path + "/" + field.getKey();
            names.add(name);
            if (!name.matches("/resources|/dashboard/labels")) {
                names.addAll(names(name, field.getValue()));
            }
        });
        return names;
    }

    private static List<String> schemaNames(String path, JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").properties().forEach(field -> {
            String name = path + "/" + field.getKey();
            if (!name.equals("/global")) {
                names.add(name);
            }
            if (!name.matches("/resources|/affinity")) {
                names.addAll(schemaNames(name, field.getValue()));
            }
        });
        return names;
    }

    /** A value given on the command line, and a part of the refusal. */
    record BadValue(String set, String says) {}
}
