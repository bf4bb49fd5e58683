package dev.kvorum.charts.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.api.Guard;
import dev.kvorum.local.controllers.ControlLoop;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.launch.Groundwork;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** An API server with its controllers and kubelets, for operators to work on. */
public final class Stand implements AutoCloseable {

    /** Name of the operators' Lease, in {@link #NAMESPACE}. */
    public static final String LEASE = "kvorum-operator";

    /** Where the operators run. */
    public static final String NAMESPACE = "kube-system";

    private static final String CLUSTERS = "kvclusters.kvorum.dev";

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

    /** Another operator, not started yet; its name is its identity and its user agent. */
    public StandOperator operator(String name) {
        return new StandOperator(name, server.url(), nodes);
    }

    /** What users and controllers see and do, past all guards. */
    public Agent user() {
        return user;
    }

    /** Creates or changes the KVCluster {@code demo}. */
    public void ask(String spec) {
        ObjectNode cluster = Json.object();
        cluster.putObject("metadata").put("namespace", "default").put("name", "demo");
        cluster.set("spec", Json.parseDocuments(spec).getFirst());
        Optional<ObjectNode> live = cluster();
        if (live.isEmpty()) {
            user.create(CLUSTERS, cluster);
        } else {
            user.edit(CLUSTERS, live.get(), now -> now.set("spec", cluster.get("spec")));
        }
    }

    public Optional<ObjectNode> cluster() {
        return user.find(CLUSTERS, "default", "demo");
    }

    /** Whether a condition is True. */
    public boolean holds(String condition) {
        return cluster().stream()
                .flatMap(cluster -> cluster.at("/status/conditions").valueStream())
                .anyMatch(live -> live.path("type").asText().equals(condition)
                        && live.path("status").asText().equals("True"));
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
