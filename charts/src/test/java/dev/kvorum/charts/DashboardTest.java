package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvorum.charts.Manifests.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard: loads, asks what Prometheus can answer, and shows metrics that exist. */
class DashboardTest {

    private static final Path FILE = Manifests.CHART.resolve("files/dashboards/kvorum.json");

    @TempDir
    Path directory = Path.of("");

    @Test
    void panelsAreCompleteAndDoNotOverlap() throws IOException {
        List<String> cells = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    cells.add((place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y));
                }
            }
            ids.add(panel.path("id").asInt());
            assertThat(panel.path("title").asText()).isNotBlank();
        }
        assertThat(cells).doesNotHaveDuplicates().allMatch(cell -> cell.matches("(\\d|1\\d|2[0-3]),.*"));
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    @Test
    void everyMetricExists() throws IOException {
        Metrics metrics = Metrics.documented();
        for (String expression : expressions()) {
            assertThat(metrics.unknownIn(expression)).as(expression).isEmpty();
        }
    }

    @Test
    void prometheusReadsEveryExpression() throws IOException {
        Tool.PROMTOOL.assumeInstalled();
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        int number = 0;
        for (String expression : expressions()) {
            rules.append("  - record: panel:%d\n    expr: '%s'\n"
                    .formatted(number++, expression.replace("$__rate_interval", "5m")));
        }
        Path file = directory.resolve("panels.yaml");
        Files.writeString(file, rules);

        assertThat(Tool.PROMTOOL.run("check", "rules", file.toString()).orFail())
                .contains(number + " rules found");
    }

    @Test
    void chartPutsItIntoAConfigMapAsItIs() throws IOException {
        Tool.HELM.assumeInstalled();
        JsonNode map = Manifests.ofChart("monitored").only(Kind.CONFIG_MAP);

        assertThat(new ObjectMapper().readTree(map.at("/data/kvorum.json").asText()))
                .isEqualTo(dashboard());
    }

    private static List<String> expressions() throws IOException {
        return dashboard()
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asText())
                .toList();
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Files.readString(FILE));
    }
}
