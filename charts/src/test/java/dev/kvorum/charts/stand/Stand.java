package dev.kvorum.charts.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.api.Guard;
import dev.kvorum.local.controllers.ControlLoop;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.launch.Groundwork;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** An API server with its controllers and kubelets, for operators to work on. */
public final class Stand implements AutoCloseable {

    /** Name of the operators' Lease, in {@link #NAMESPACE}. */
    public static final String LEASE = "kvorum-operator";

    /** Where the operators run. */
    public static final String NAMESPACE = "kube-system";

    private static final Duration RESYNC = Duration.ofMinutes(2);

    private final StandNodes nodes = new StandNodes();
    private final ApiServer server;
    private final Agent user;
    private final ControlLoop controllers;
    private final StandKubelet kubelet;

    public Stand(Path state, Guard guard) throws IOException {
        server = new ApiServer(0);
        var objects =
                new Objects(new ObjectStore(state.resolve("objects")), new ResourceTypes(), InstantSource.system());
        Groundwork.lay(objects);
        user = new Agent(objects, "user");
        controllers = ControlLoop.start(objects, state.resolve("volumes"));
        kubelet = StandKubelet.start(new Agent(objects, "kubelet"), nodes);
        server.start(objects, (pod, run) -> Optional.empty(), guard);
    }

    /** Another operator, not started yet, for all namespaces; its name is its identity and its user agent. */
    public StandOperator operator(String name) {
        return operator(name, RESYNC);
    }

    /** The same, with another pause after which each cluster is looked at again though nothing happened. */
    public StandOperator operator(String name, Duration resync) {
        return new StandOperator(new StandSettings(name, LEASE, resync), "", server.url(), nodes);
    }

    /** An operator, not started yet, for one namespace only, whose name is also its own and that of its Lease. */
    public StandOperator operatorOf(String namespace) {
        return new StandOperator(new StandSettings(namespace, namespace, RESYNC), namespace, server.url(), nodes);
    }

    /** What users and controllers see and do, past all guards. */
    public Agent user() {
        return user;
    }

    /** The KVCluster {@code demo}, of the namespace {@code default}. */
    public StandCluster demo() {
        return new StandCluster(user, "default", "demo");
    }

    /** A KVCluster in a namespace of its own, both of that name. */
    public StandCluster alone(String name) {
        ObjectNode namespace = Json.object();
        Meta.metadata(namespace).put("name", name);
        user.create("namespaces", namespace);
        return new StandCluster(user, name, name);
    }

    /** Who holds the Lease; empty if nobody does. */
    public String leader() {
        return user.find("leases.coordination.k8s.io", NAMESPACE, LEASE)
                .map(lease -> lease.at("/spec/holderIdentity").asText())
                .orElse("");
    }

    @Override
    public void close() {
        kubelet.close();
        controllers.close();
        server.close();
    }
}
