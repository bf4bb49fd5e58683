package dev.kvorum.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the operator, as properties {@code kvorum.operator.*} or environment variables {@code KVORUM_OPERATOR_*}.
 */
@ConfigMapping(prefix = "kvorum.operator")
public interface OperatorSettings {

    /** Image of the nodes where a KVCluster names none. */
    String nodeImage();

    /** The namespace the operator runs in; network policies let it reach the admin doors. */
    @WithDefault("${POD_NAMESPACE:kvorum-system}")
    String namespace();

    /** Port of the nodes' admin door. */
    @WithDefault("9600")
    int adminPort();

    /** Pause between two questions to the same node while its cluster settles. */
    @WithDefault("PT0.2S")
    Duration pollWhileSettling();

    /** Pause between two questions to the same node of a cluster that is Ready. */
    @WithDefault("PT3S")
    Duration pollAtRest();

    /** Whether only the holder of a Lease acts; needed as soon as two operators run. */
    @WithDefault("false")
    boolean leaderElection();

    /** Name of this operator among those that want to lead; a random one without it. */
    @WithDefault("${POD_NAME:}")
    Optional<String> identity();

    /** How operators agree on who leads. */
    Lease lease();

    /** A Lease object and its times. The retry period is below the renew deadline, and that below the duration. */
    interface Lease {

        /** Name of the object, in the operator's own namespace. */
        @WithDefault("kvorum-operator")
        String name();

        /** A leader that said nothing for so long is replaced. */
        @WithDefault("PT15S")
        Duration duration();

        /** A leader that could not renew for so long exits. */
        @WithDefault("PT10S")
        Duration renewDeadline();

        /** Pause between two tries. */
        @WithDefault("PT2S")
        Duration retryPeriod();
    }
}
