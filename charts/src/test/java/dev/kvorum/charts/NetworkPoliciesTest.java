package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvorum.charts.Manifests.Kind;
import dev.kvorum.charts.network.Endpoint;
import dev.kvorum.charts.network.Network;
import dev.kvorum.charts.network.Network.Door;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.node.Session;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Site;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who reaches whom under the chart's policy and those that the operator makes: {@code reachable.txt}, row by row. The
 * clusters {@code orders} and {@code carts} share a namespace; {@code orders} names its clients and its Prometheus,
 * {@code carts} and {@code books} do not.
 */
class NetworkPoliciesTest {

    private static final Path TABLE = Path.of("src/test/resources/reachable.txt");
    private static final Path WORLD = Path.of("src/test/resources/world.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Endpoint> endpoints = endpoints();

    @Test
    void everyRowOfTheTableHolds() throws IOException {
        List<Row> rows = rows();
        List<String> wrong = rows.stream()
                .filter(row -> network(row.values()).lets(row.from(), row.to(), row.door()) != row.isOpen())
                .map(row -> row.isOpen() ? row + " should get through" : row + " should be stopped")
                .toList();

        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThan(400);
        assertThat(rows.stream().filter(Row::isOpen)).hasSizeGreaterThan(80);
    }

    /** Without policies everything is open: what stops a row is a policy, not the evaluator. */
    @Test
    void withoutPoliciesNothingIsStopped() throws IOException {
        Network open = new Network(namespaces(), List.of());

        assertThat(rows()).allMatch(row -> open.lets(row.from(), row.to(), row.door()));
    }

    private static Network network(String values) {
        List<JsonNode> policies = new ArrayList<>();
        policies.add(Manifests.of(text(Path.of("src/test/resources/golden", values + ".yaml")))
                .only(Kind.NETWORK_POLICY));
        Manifests.read(WORLD).path("clusters").properties().forEach(cluster -> policies.add(policy(cluster)));
        return new Network(namespaces(), policies);
    }

    /** The policy of a KVCluster, as the operator makes it at first sight. */
    private static JsonNode policy(Map.Entry<String, JsonNode> cluster) {
        KVClusterSpec spec =
                Serialization.unmarshal(cluster.getValue().path("spec").toString(), KVClusterSpec.class);
        String namespace = cluster.getValue().path("namespace").asText();
        var seen = new Observed(
                new ClusterRef(namespace, cluster.getKey(), "uid"),
                1,
                spec,
                null,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new Session.None());
        var planner = new Planner(new Site("kvorum/kv-node:0.1.0", new Blueprint.Site("kvorum-system", 9600)));
        return planner.objects(seen).stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(policy -> JSON.<JsonNode>valueToTree(policy))
                .findFirst()
                .orElseThrow();
    }

    private List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String[] head = {};
        for (String line : Files.readAllLines(TABLE)) {
            String[] cells = line.split(" +");
            if (line.startsWith("to ")) {
                head = cells;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                for (int column = 1; column < cells.length; column++) {
                    rows.add(new Row(head[3], find(cells[0]), find(head[1]), head[column + 3], cells[column]));
                }
            }
        }
        return rows;
    }

    private Endpoint find(String name) {
        return Optional.ofNullable(endpoints.get(name)).orElseThrow(() -> new AssertionError("no endpoint " + name));
    }

    private static Map<String, Endpoint> endpoints() {
        var endpoints = new TreeMap<String, Endpoint>();
        JsonNode world = Manifests.read(WORLD).path("endpoints");
        world.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode endpoint = field.getValue();
            endpoints.put(
                    name,
                    new Endpoint(
                            name,
                            endpoint.path("namespace").asText(),
                            labels(endpoint.path("labels")),
                            endpoint.path("address").asText("172.16.0." + (endpoints.size() + 1))));
        });
        return endpoints;
    }

    private static Map<String, Map<String, String>> namespaces() {
        var namespaces = new TreeMap<String, Map<String, String>>();
        Manifests.read(WORLD).path("namespaces").properties().forEach(field -> {
            var labels = new TreeMap<>(labels(field.getValue()));
            labels.put("kubernetes.io/metadata.name", field.getKey());
            namespaces.put(field.getKey(), labels);
        });
        return namespaces;
    }

    private static Map<String, String> labels(JsonNode labels) {
        var read = new TreeMap<String, String>();
        labels.properties()
                .forEach(label -> read.put(label.getKey(), label.getValue().asText()));
        return read;
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One cell of the table, under the chart's policy with these values. */
    private record Row(String values, Endpoint from, Endpoint to, String port, String cell) {

        Door door() {
            return Door.of(port);
        }

        boolean isOpen() {
            return switch (cell) {
                case "+" -> true;
                case "." -> false;
                default -> throw new AssertionError(cell + " is neither + nor .");
            };
        }

        @Override
        public String toString() {
            return Stream.of(values, from.name(), "->", to.name(), port)
                    .reduce((one, other) -> one + " " + other)
                    .orElseThrow();
        }
    }
}
