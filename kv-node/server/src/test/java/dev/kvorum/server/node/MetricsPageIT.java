package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics says what a node exposes once it serves. */
class MetricsPageIT {

    private static final Path PAGE = Path.of("../../docs/reference/metrics.md");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+?)(_bucket|_sum|_count)?(\\{(.*)})? .*");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    @TempDir
    Path directory = Path.of("");

    @Test
    void thePageSaysWhatANodeExposes() throws Exception {
        String page;
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            page = page(metrics(scrape(nodes.host(0))));
        }
        if (Boolean.getBoolean("kvorum.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("write it with: mvn -pl kv-node/server -am test -Dtest=MetricsPageIT -Dkvorum.write=true")
                .hasContent(page);
    }

    private static List<String> scrape(String host) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":9600/metrics"))
                    .build();
            return http.send(request, BodyHandlers.ofLines()).body().toList();
        }
    }

    private static SortedMap<String, Metric> metrics(List<String> lines) {
        SortedMap<String, Metric> metrics = new TreeMap<>();
        for (String line : lines) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                metrics.computeIfAbsent(help.group(1), any -> new Metric()).help = help.group(2);
            } else if (type.matches()) {
                metrics.computeIfAbsent(type.group(1), any -> new Metric()).type = type.group(2);
            } else if (sample.matches() && sample.group(4) != null) {
                Metric metric = metrics.get(sample.group(1));
                if (metric != null && metric.labels.isEmpty()) {
                    metric.labels = labels(sample.group(4));
                }
            }
        }
        return metrics;
    }

    /** Pauses and phases of a garbage collector appear with its first collection, so the page leaves them to chance. */
    private static String page(SortedMap<String, Metric> metrics) {
        metrics.keySet().removeIf(name -> name.startsWith("jvm_gc_"));
        StringBuilder page = new StringBuilder("""
                # Metrics of a node

                `GET :9600/metrics`, Prometheus text. Made from what a node that serves exposes, but for `jvm_gc_…`,
                which begins with the first collection. Labels never hold keys. The operator's own are in
                [its settings](operator-settings.md#metrics).

                | name | type | |
                |---|---|---|
                """);
        metrics.forEach((name, metric) -> page.append("| `%s%s` | %s | %s |\n"
                .formatted(
                        name,
                        metric.labels.isEmpty() ? "" : "{" + metric.labels + "}",
                        metric.type,
                        metric.help.replace("|", "\\|"))));
        return page.toString();
    }

    private static String labels(String text) {
        return String.join(
                ",",
                LABEL.matcher(text)
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !label.equals("le"))
                        .toList());
    }

    private static final class Metric {
        private String type = "";
        private String help = "";
        private String labels = "";
    }
}
