package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.charts.Manifests.Kind;
import dev.kvorum.charts.stand.Stand;
import dev.kvorum.charts.stand.StandCluster;
import dev.kvorum.charts.stand.StandOperator;
import dev.kvorum.local.api.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The roles of the chart are what the operator does, no more and no less; and it lives without any part of them.
 *
 * <p>No more: everything granted is done here. No less: here, and in all tests of the operator's own module, whose API
 * server in memory knows these roles and refuses what they do not grant.
 */
class RolesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SERVERS = 5;
    private static final Path ROLES = Path.of("kustomize/operator.yaml");

    private static final String BROKEN = """
            replicas: 3
            shards: 16
            zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
            image: kvorum/kv-node:broken
            storage: {size: 1Gi}
            """;

    private static final String MENDED = """
            replicas: 1
            shards: 16
            zones: [{name: zone-a}]
            replication: {factor: 1}
            storage: {size: 1Gi}
            """;

    private static final List<String> REPAIRED = List.of(
            "statefulsets.apps",
            "services",
            "configmaps",
            "secrets",
            "serviceaccounts",
            "networkpolicies.networking.k8s.io");

    @TempDir
    Path directory = Path.of("");

    @Test
    void rolesGrantExactlyWhatTheOperatorDoes() throws IOException {
        SortedSet<Grant> done = new ConcurrentSkipListSet<>();
        Guard recorder = call -> {
            done.add(Grant.of(call));
            return true;
        };
        try (Stand stand = new Stand(directory, recorder);
                StandOperator operator = stand.operator("first")) {
            operator.start();
            live(stand.demo());
        }

        assertThat(done).isEqualTo(granted());
    }

    @Test
    void rolesHaveNoWildcards() throws IOException {
        assertThat(granted())
                .hasSizeGreaterThan(40)
                .allSatisfy(grant -> assertThat(grant.toString()).doesNotContain("*"));
    }

    /** Each grant taken away alone, from one operator each: it says which, does not end, and goes on with it. */
    @Test
    void withoutAnyOneGrantTheOperatorSaysWhatItLacksAndGoesOnOnceItHasIt() throws Exception {
        List<Grant> grants = List.copyOf(granted());
        List<Future<?>> shares = new ArrayList<>();
        try (var log = new LogLines();
                var threads = Executors.newFixedThreadPool(SERVERS)) {
            for (int server = 0; server < SERVERS; server++) {
                int first = server;
                List<Grant> share = IntStream.range(0, grants.size())
                        .filter(number -> number % SERVERS == first)
                        .mapToObj(grants::get)
                        .toList();
                Path state = directory.resolve("server-" + server);
                shares.add(threads.submit(() -> liveWithoutEach(share, state, log)));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        }
    }

    /** On one server, one after the other. */
    private static @Nullable Void liveWithoutEach(List<Grant> grants, Path state, LogLines log) throws Exception {
        Map<String, Grant> lacking = new ConcurrentHashMap<>();
        Guard guard = call -> !Grant.of(call).equals(lacking.get(call.agent()));
        try (Stand stand = new Stand(state, guard)) {
            for (Grant grant : grants) {
                lacking.put(nameOf(grant), grant);
                liveWithout(grant, stand, lacking, log);
            }
        }
        return null;
    }

    private static void liveWithout(Grant grant, Stand stand, Map<String, Grant> lacking, LogLines log)
            throws InterruptedException {
        String name = nameOf(grant);
        StandCluster cluster = stand.alone(name);
        try (StandOperator operator = stand.operatorOf(name)) {
            Thread administrator = Thread.ofVirtual().start(() -> {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(said(grant, cluster, operator, log)).anyMatch(grant::isComplaint));
                lacking.remove(name);
            });
            operator.start();
            live(cluster);
            administrator.join(PATIENCE);
            assertThat(lacking).as("%s was missed, and then granted", grant).isEmpty();
            assertThat(operator.exits()).isZero();
            cluster.delete();
        }
    }

    /** Of operator, namespace and cluster. */
    private static String nameOf(Grant grant) {
        return "%s-%s".formatted(grant.verb(), grant.resource().replace('/', '-'));
    }

    /** In the status of the cluster, in the readiness of the operator, or in its log. */
    private static List<String> said(Grant about, StandCluster cluster, StandOperator operator, LogLines log) {
        List<String> said = new ArrayList<>(cluster.messages());
        said.add(operator.lease().getData().toString());
        said.addAll(log.about(about.resource()));
        return said;
    }

    /** Everything that a cluster goes through: a start that fails, a spec that mends it, hands that change it. */
    private static void live(StandCluster cluster) {
        cluster.ask(BROKEN);
        await().atMost(PATIENCE).until(() -> cluster.pods().size() == 3);
        cluster.ask(MENDED);
        await().atMost(PATIENCE).until(() -> cluster.holds("Ready"));
        REPAIRED.forEach(resource -> cluster.edit(resource, RolesIT::damage));
        await().atMost(PATIENCE)
                .until(() -> REPAIRED.stream()
                        .flatMap(resource -> cluster.objects(resource).stream())
                        .noneMatch(RolesIT::isDamaged));
    }

    private static void damage(ObjectNode object) {
        object.withObject("/metadata/labels").put("app.kubernetes.io/name", "other");
    }

    private static boolean isDamaged(ObjectNode object) {
        return object.at("/metadata/labels/app.kubernetes.io~1name").asText().equals("other");
    }

    private static SortedSet<Grant> granted() throws IOException {
        Manifests roles = Manifests.of(Files.readString(ROLES));
        SortedSet<Grant> granted = new TreeSet<>(Grant.of(roles.only(Kind.CLUSTER_ROLE)));
        granted.addAll(Grant.of(roles.only(Kind.ROLE)));
        return granted;
    }
}
