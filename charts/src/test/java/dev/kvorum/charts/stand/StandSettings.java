package dev.kvorum.charts.stand;

import dev.kvorum.operator.config.OperatorSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings as the chart makes them, but for times that tests have no patience for.
 *
 * @param pod name of the operator
 * @param name of the Lease
 * @param resync how long a cluster may go without a pass
 */
record StandSettings(String pod, String name, Duration resync) implements OperatorSettings, OperatorSettings.Lease {

    @Override
    public String nodeImage() {
        return "kvorum/kv-node:0.1.0";
    }

    @Override
    public String namespace() {
        return Stand.NAMESPACE;
    }

    @Override
    public int adminPort() {
        return 9600;
    }

    @Override
    public Duration pollWhileSettling() {
        return Duration.ofMillis(20);
    }

    @Override
    public Duration pollAtRest() {
        return Duration.ofMillis(100);
    }

    @Override
    public boolean leaderElection() {
        return true;
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(pod);
    }

    @Override
    public Lease lease() {
        return this;
    }

    @Override
    public Duration duration() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration renewDeadline() {
        return Duration.ofSeconds(8);
    }

    @Override
    public Duration retryPeriod() {
        return Duration.ofMillis(200);
    }
}
