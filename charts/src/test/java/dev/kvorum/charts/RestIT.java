package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.charts.stand.Stand;
import dev.kvorum.charts.stand.StandCluster;
import dev.kvorum.charts.stand.StandOperator;
import dev.kvorum.local.api.ApiCall;
import dev.kvorum.local.api.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator writes to an API server when nothing happens. */
class RestIT {

    private static final int CLUSTERS = 20;
    private static final int ROUNDS = 10;
    private static final Duration RESYNC = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private static final String THREE = """
            replicas: 3
            shards: 16
            zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
            storage: {size: 1Gi}
            """;

    private final Queue<ApiCall> writes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger renewals = new AtomicInteger();
    private final Guard recorder = call -> {
        if (call.resource().equals("leases")) {
            renewals.addAndGet(call.verb().equals("update") ? 1 : 0);
        } else if (!READS.contains(call.verb())) {
            writes.add(call);
        }
        return true;
    };

    @TempDir
    Path directory = Path.of("");

    @Test
    void clustersAtRestAreLookedAtAgainAndAgainAndOnlyTheLeaseIsWritten() throws IOException {
        try (Stand stand = new Stand(directory, recorder);
                StandOperator operator = stand.operator("first", RESYNC)) {
            operator.start();
            List<StandCluster> clusters = IntStream.range(0, CLUSTERS)
                    .mapToObj(number -> stand.alone("rest-" + number))
                    .toList();
            clusters.forEach(cluster -> cluster.ask(THREE));
            await().atMost(PATIENCE).until(() -> clusters.stream().allMatch(cluster -> cluster.holds("Ready")));
            await().atMost(PATIENCE).until(() -> isCalm(operator));
            int renewalsBefore = renewals.get();

            awaitRounds(operator, ROUNDS);

            assertThat(writes).isEmpty();
            assertThat(renewals.get()).isGreaterThan(renewalsBefore);
        }
    }

    /** Selectors are one value to the server: whoever adds a key takes every pod from the Service. */
    @Test
    void keyAddedToTheSelectorOfAServiceIsTakenAwayAgain() throws IOException {
        try (Stand stand = new Stand(directory, recorder);
                StandOperator operator = stand.operator("first")) {
            operator.start();
            stand.demo().ask(THREE);
            await().atMost(PATIENCE).until(() -> stand.demo().holds("Ready"));
            List<ObjectNode> before = selectors(stand);

            stand.demo()
                    .edit(
                            "services",
                            service -> service.withObject("/spec/selector").put("tier", "gold"));
            assertThat(selectors(stand)).isNotEqualTo(before);

            await().atMost(PATIENCE).until(() -> selectors(stand).equals(before));
        }
    }

    private static List<ObjectNode> selectors(Stand stand) {
        return stand.demo().objects("services").stream()
                .map(service -> service.withObject("/spec/selector"))
                .toList();
    }

    /** Whether a look at every cluster led to no write. */
    private boolean isCalm(StandOperator operator) {
        writes.clear();
        awaitRounds(operator, 1);
        return writes.isEmpty();
    }

    private static void awaitRounds(StandOperator operator, int rounds) {
        double target = operator.passes() + rounds * CLUSTERS;
        await().atMost(PATIENCE).until(() -> operator.passes() >= target);
    }
}
