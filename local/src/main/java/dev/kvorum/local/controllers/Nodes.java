package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.Conditions.Condition;
import dev.kvorum.local.objects.Objects;
import java.util.NavigableSet;
import java.util.TreeSet;

/** One Node for each of three zones, and for each further zone that a KVCluster names. */
final class Nodes implements Controller {

    static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    private final Agent agent;

    Nodes(Objects objects) {
        this.agent = new Agent(objects, "node-controller");
    }

    @Override
    public void reconcile() {
        for (String zone : zones()) {
            if (agent.find("nodes", "", zone).isEmpty()) {
                ObjectNode node = agent.create("nodes", node(zone));
                agent.editStatus("nodes", node, this::withStatus);
            }
        }
    }

    private NavigableSet<String> zones() {
        NavigableSet<String> zones = new TreeSet<>(java.util.List.of("zone-a", "zone-b", "zone-c"));
        for (ObjectNode cluster : agent.list("kvclusters.kvorum.dev")) {
            for (JsonNode zone : cluster.at("/spec/zones")) {
                zones.add(Json.text(zone, "name"));
            }
        }
        return zones;
    }

    private static ObjectNode node(String zone) {
        ObjectNode node = Json.object();
        node.putObject("metadata")
                .put("name", zone)
                .putObject("labels")
                .put("kubernetes.io/hostname", zone)
                .put("kubernetes.io/os", "linux")
                .put("kubernetes.io/arch", System.getProperty("os.arch"))
                .put("topology.kubernetes.io/region", "local")
                .put(ZONE_LABEL, zone);
        node.putObject("spec");
        return node;
    }

    private ObjectNode withStatus(ObjectNode node) {
        ObjectNode status = Json.child(node, "status");
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", "127.0.0.1");
        for (String amounts : java.util.List.of("capacity", "allocatable")) {
            status.putObject(amounts)
                    .put("cpu", Integer.toString(Runtime.getRuntime().availableProcessors()))
                    .put("memory", "16Gi")
                    .put("pods", "110");
        }
        status.putObject("nodeInfo")
                .put("kubeletVersion", "v1.32.0+kvorum.local")
                .put("osImage", System.getProperty("os.name"))
                .put("kernelVersion", System.getProperty("os.version"))
                .put("containerRuntimeVersion", "process://1")
                .put("operatingSystem", "linux")
                .put("architecture", System.getProperty("os.arch"));
        Condition ready = new Condition("Ready", "True", "KubeletReady", "the process kubelet is running");
        Conditions.set(node, ready, agent.now());
        return node;
    }
}
