package dev.kvorum.e2e.ground;

import java.util.List;
import java.util.Optional;

/** A Kubernetes cluster on which the operator was installed: what its {@link Installation} knows. */
interface InstalledGround extends Ground {

    Installation installation();

    @Override
    default Shell.Result kubectl(String... arguments) {
        return installation().kubectl(arguments);
    }

    @Override
    default PortForward forward(String namespace, String target) {
        return installation().forward(namespace, target);
    }

    @Override
    default List<Node> nodes(String cluster) {
        return installation().nodes(cluster);
    }

    @Override
    default Optional<Node> successor(Node former) {
        return installation().node(former.name()).filter(now -> !now.process().equals(former.process()));
    }

    @Override
    default long startedMs(Node node) {
        return installation().startedMs(node);
    }

    @Override
    default String operator() {
        return installation().leader();
    }

    @Override
    default void killOperator() {
        installation().killLeader();
    }
}
