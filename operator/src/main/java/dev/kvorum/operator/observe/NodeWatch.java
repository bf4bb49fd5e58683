package dev.kvorum.operator.observe;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.node.NodeAdmin.Door;
import dev.kvorum.operator.node.RingReport;
import java.util.Map;
import java.util.Optional;

/** What nodes last said. Never blocks on a node. */
public interface NodeWatch {

    /**
     * Names the nodes of a cluster and how often to ask them; returns what each last said.
     *
     * @param doors admin door by pod
     */
    Map<String, NodeAnswer> watch(ClusterRef cluster, Map<String, Door> doors, Pace pace);

    /** A ring by its hash, if some node was heard to hold it. */
    Optional<RingReport> ring(String hash);

    /** How often nodes are asked. */
    enum Pace {
        SETTLING,
        AT_REST
    }
}
