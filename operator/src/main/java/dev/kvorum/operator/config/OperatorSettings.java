package dev.kvorum.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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
}
