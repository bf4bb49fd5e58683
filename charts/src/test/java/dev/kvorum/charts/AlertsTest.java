package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.charts.Manifests.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts: each fires when it should, stands on metrics that exist, and has a page that helps. */
class AlertsTest {

    private static final Path ALERTS = Manifests.CHART.resolve("files/alerts.yaml");
    private static final Path RUNBOOKS = Path.of("../docs/runbooks");

    private final List<JsonNode> alerts = Manifests.read(ALERTS)
            .path("groups")
            .valueStream()
            .flatMap(group -> group.path("rules").valueStream())
            .toList();

    @Test
    void prometheusReadsThem() {
        Tool.PROMTOOL.assumeInstalled();
        assertThat(Tool.PROMTOOL.run("check", "rules", ALERTS.toString()).orFail())
                .contains(alerts.size() + " rules found");
    }

    @Test
    void eachFiresAndIsSilentWhenItShould() {
        Tool.PROMTOOL.assumeInstalled();
        Path tests = Path.of("src/test/resources/alerts-test.yaml");
        List<String> tried = Manifests.read(tests)
                .path("tests")
                .valueStream()
                .map(test -> test.path("name").asText())
                .toList();

        assertThat(tried)
                .containsExactlyInAnyOrderElementsOf(alerts.stream()
                        .map(AlertsTest::name)
                        .flatMap(name -> List.of(name + " fires", name + " is silent").stream())
                        .toList());
        Tool.PROMTOOL.run("test", "rules", tests.toString()).orFail();
    }

    @Test
    void eachHasAPageThatSaysHowToLookAndWhatToDo() throws IOException {
        String index = Files.readString(RUNBOOKS.resolve("README.md"));
        for (JsonNode alert : alerts) {
            String page = name(alert) + ".md";
            assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo("RUNBOOKS/" + page);
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(Files.readString(RUNBOOKS.resolve(page)))
                    .startsWith("# " + name(alert) + "\n")
                    .containsIgnoringCase("**" + alert.at("/labels/severity").asText() + "**, after "
                            + alert.path("for").asText())
                    .contains("\n## Look\n", "\n## Do\n");
            assertThat(index).contains("(" + page + ")");
        }
    }

    @Test
    void eachStandsOnMetricsThatExist() throws IOException {
        Metrics metrics = Metrics.documented();
        for (JsonNode alert : alerts) {
            assertThat(metrics.unknownIn(alert.path("expr").asText()))
                    .as(name(alert))
                    .isEmpty();
        }
    }

    @Test
    void chartRendersAllOfThemWithLinksToWhereThePagesAre() {
        Tool.HELM.assumeInstalled();
        JsonNode rules = Manifests.ofChart("monitored").only(Kind.RULES);

        assertThat(rules.at("/spec/groups")
                        .valueStream()
                        .flatMap(group -> group.path("rules").valueStream())
                        .map(rule -> rule.at("/annotations/runbook_url").asText())
                        .toList())
                .hasSameSizeAs(alerts)
                .allMatch(link -> link.startsWith("https://runbooks.example.org/kvorum/Kvorum"));
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }
}
