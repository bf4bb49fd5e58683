package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvorum.charts.stand.Stand;
import dev.kvorum.charts.stand.StandOperator;
import dev.kvorum.local.api.ApiCall;
import dev.kvorum.local.api.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators over one cluster: one acts, the other is ready to. */
class LeaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Half of what a Lease lasts here: who waits for it to run out takes longer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private static final String THREE = """
            replicas: 3
            shards: 16
            zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
            storage: {size: 1Gi}
            """;

    @TempDir
    Path directory = Path.of("");

    @Test
    void oneLeadsAndTheOtherStandsByReadyAndWritesNothing() throws IOException {
        try (Stand stand = new Stand(directory, Guard.OPEN);
                StandOperator first = stand.operator("first");
                StandOperator second = stand.operator("second")) {
            bothStart(first, second);
            stand.demo().ask(THREE);
            await().atMost(PATIENCE).until(() -> stand.demo().holds("Ready"));

            assertThat(stand.leader()).isEqualTo("first");
            assertThat(second.leads()).isFalse();
            assertThat(second.isReady()).isTrue();
            assertThat(second.writes()).isZero();
        }
    }

    /** Asked to stop in the middle of making a cluster. */
    @Test
    void leaderThatIsAskedToStopGivesTheLeaseBackAfterItsLastWriteAndTheOtherGoesOnAtOnce() throws IOException {
        var givenBack = new AtomicReference<>(Instant.MAX);
        Queue<String> late = new ConcurrentLinkedQueue<>();
        try (Stand stand = new Stand(directory, call -> noted(call, givenBack, late));
                StandOperator second = stand.operator("second")) {
            StandOperator first = stand.operator("first");
            bothStart(first, second);
            stand.demo().ask(THREE);
            await().atMost(PATIENCE).until(() -> first.writes() > 3);

            Thread.ofVirtual().start(first::close);
            await().atMost(PATIENCE)
                    .pollInterval(SOON)
                    .until(() -> stand.leader().isEmpty());
            givenBack.set(Instant.now());
            await().atMost(AT_ONCE).pollInterval(SOON).until(second::leads);
            System.out.println("the other leads " + millisSince(givenBack.get()) + " ms after it was given the Lease");

            await().atMost(PATIENCE).until(() -> stand.demo().holds("Ready"));
            assertThat(late).as("writes of the first after it").isEmpty();
            assertThat(first.exits()).isZero();
        }
    }

    private static boolean noted(ApiCall call, AtomicReference<Instant> givenBack, Queue<String> late) {
        if (call.agent().equals("first")
                && !READS.contains(call.verb())
                && Instant.now().isAfter(givenBack.get())) {
            late.add(call.toString());
        }
        return true;
    }

    private static void bothStart(StandOperator first, StandOperator second) {
        first.start();
        await().atMost(PATIENCE).until(first::leads);
        second.start();
    }

    private static long millisSince(Instant then) {
        return Duration.between(then, Instant.now()).toMillis();
    }

    @Test
    void leaderThatCannotRenewEndsItsProcessBeforeAnotherLeadsAndNeverWritesAgain() throws IOException {
        AtomicBoolean isCutOff = new AtomicBoolean();
        Guard guard = call -> !(isCutOff.get() && call.agent().equals("first"));
        try (Stand stand = new Stand(directory, guard);
                StandOperator first = stand.operator("first");
                StandOperator second = stand.operator("second")) {
            bothStart(first, second);

            isCutOff.set(true);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                assertThat(second.leads() && first.leads()).as("two lead").isFalse();
                return second.leads();
            });

            assertThat(first.exits()).isEqualTo(1);
            isCutOff.set(false);
            double writes = first.writes();
            stand.demo().ask(THREE);
            await().atMost(PATIENCE).until(() -> stand.demo().holds("Ready"));
            assertThat(stand.leader()).isEqualTo("second");
            assertThat(first.writes()).as("writes of the one that lost").isEqualTo(writes);
        }
    }
}
