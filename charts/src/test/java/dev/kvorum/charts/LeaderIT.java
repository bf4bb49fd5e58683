package dev.kvorum.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvorum.charts.stand.Stand;
import dev.kvorum.charts.stand.StandOperator;
import dev.kvorum.local.api.Guard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators over one cluster: one acts, the other is ready to. */
class LeaderIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
            first.start();
            await().atMost(PATIENCE).until(first::leads);
            second.start();
            stand.ask(THREE);
            await().atMost(PATIENCE).until(() -> stand.holds("Ready"));

            assertThat(stand.leader()).isEqualTo("first");
            assertThat(second.leads()).isFalse();
            assertThat(second.isReady()).isTrue();
            assertThat(second.writes()).isZero();
        }
    }

    @Test
    void leaderThatCannotRenewEndsItsProcessBeforeAnotherLeads() throws IOException {
        AtomicBoolean isCutOff = new AtomicBoolean();
        Guard guard = call -> !(isCutOff.get() && call.agent().equals("first"));
        try (Stand stand = new Stand(directory, guard);
                StandOperator first = stand.operator("first");
                StandOperator second = stand.operator("second")) {
            first.start();
            await().atMost(PATIENCE).until(first::leads);
            second.start();

            isCutOff.set(true);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                assertThat(second.leads() && first.leads()).as("two lead").isFalse();
                return second.leads();
            });

            assertThat(first.exits()).isEqualTo(1);
            stand.ask(THREE);
            await().atMost(PATIENCE).until(() -> stand.holds("Ready"));
            assertThat(stand.leader()).isEqualTo("second");
        }
    }
}
