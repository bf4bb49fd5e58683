package dev.kvorum.operator.fake;

import dev.kvorum.operator.config.OperatorSettings;
import java.time.Duration;
import java.util.Optional;

/** Settings as they are by default, but for the pause between two questions to a node. */
public record FakeSettings(Duration pause) implements OperatorSettings {

    @Override
    public String nodeImage() {
        return "kvorum/kv-node:0.1.0";
    }

    @Override
    public String namespace() {
        return "kvorum-system";
    }

    @Override
    public int adminPort() {
        return 9600;
    }

    @Override
    public Duration pollWhileSettling() {
        return pause;
    }

    @Override
    public Duration pollAtRest() {
        return pause;
    }

    @Override
    public boolean leaderElection() {
        return false;
    }

    @Override
    public Optional<String> identity() {
        return Optional.empty();
    }

    @Override
    public Lease lease() {
        throw new UnsupportedOperationException("this operator is alone");
    }
}
