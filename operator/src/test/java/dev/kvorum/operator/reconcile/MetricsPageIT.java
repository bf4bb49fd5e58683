package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvorum.crds.KVCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of settings names the metrics of our own that the operator exposes, and no others. */
@QuarkusTest
@QuarkusTestResource(RefusingServer.class)
class MetricsPageIT {

    private static final Path PAGE = Path.of("../docs/reference/operator-settings.md");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE (kvorum_[a-z_]+) ");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(kvorum_[a-z_]+)(\\{[^`]*})?` \\|");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/metrics")
    URI metrics = URI.create("/metrics");

    @Test
    void pageNamesWhatIsExposed() throws IOException {
        client.resource(Serialization.unmarshal("""
                        apiVersion: kvorum.dev/v1alpha1
                        kind: KVCluster
                        metadata: {name: measured, namespace: default}
                        spec:
                          replicas: 1
                          zones: [{name: zone-a}]
                          replication: {factor: 1}
                        """, KVCluster.class)).create();
        String page = Files.readString(PAGE);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names(EXPOSED, scrape())).isEqualTo(names(DOCUMENTED, page)));
        assertThat(scrape())
                .contains("kvorum_operator_leading 1.0")
                .containsPattern("kvorum_cluster_condition\\{cluster=\"measured\",condition=\"Degraded\".*} 1.0");
    }

    /** The longest pass of late is a figure beside the histogram's own. */
    private static SortedSet<String> names(Pattern pattern, String text) {
        var names = new TreeSet<String>();
        pattern.matcher(text).results().map(match -> match.group(1)).forEach(names::add);
        names.remove("kvorum_operator_reconcile_seconds_max");
        return names;
    }

    private String scrape() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(metrics)
                                    .header("Accept", "text/plain")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
