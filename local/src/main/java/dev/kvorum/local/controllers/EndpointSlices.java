package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One EndpointSlice per Service with a selector: the addresses of its pods and which of them are ready. */
final class EndpointSlices implements Controller {

    private static final String SLICES = "endpointslices.discovery.k8s.io";

    private final Agent agent;

    EndpointSlices(Objects objects) {
        this.agent = new Agent(objects, "endpointslice-controller");
    }

    @Override
    public void reconcile() {
        for (ObjectNode service : agent.list("services")) {
            if (!service.at("/spec/selector").isEmpty() && !Meta.isDeleting(service)) {
                reconcile(service);
            }
        }
    }

    private void reconcile(ObjectNode service) {
        String name = Meta.name(service) + "-ipv4";
        List<ObjectNode> pods = podsOf(service);
        ArrayNode endpoints = Json.array();
        pods.forEach(pod -> endpoints.add(endpoint(service, pod)));
        ArrayNode ports = ports(service, pods);
        Optional<ObjectNode> present = agent.find(SLICES, Meta.namespace(service), name);
        if (present.isEmpty()) {
            agent.create(SLICES, fill(slice(service, name), endpoints, ports));
        } else {
            agent.edit(SLICES, present.get(), now -> fill(now, endpoints, ports));
        }
    }

    private static ObjectNode slice(ObjectNode service, String name) {
        ObjectNode slice = Json.object();
        ObjectNode metadata = slice.putObject("metadata").put("name", name).put("namespace", Meta.namespace(service));
        metadata.putObject("labels").put("kubernetes.io/service-name", Meta.name(service));
        metadata.putArray("ownerReferences").add(Meta.controllerReference(service));
        return slice.put("addressType", "IPv4");
    }

    private static ObjectNode fill(ObjectNode slice, ArrayNode endpoints, ArrayNode ports) {
        slice.set("endpoints", endpoints);
        slice.set("ports", ports);
        return slice;
    }

    private List<ObjectNode> podsOf(ObjectNode service) {
        Map<String, String> selector = Json.strings(service, "spec", "selector");
        return agent.list("pods", Meta.namespace(service)).stream()
                .filter(pod -> !Json.text(pod, "status", "podIP").isEmpty())
                .filter(pod ->
                        Json.strings(pod, "metadata", "labels").entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    private static ObjectNode endpoint(JsonNode service, JsonNode pod) {
        boolean publishesAll = service.at("/spec/publishNotReadyAddresses").asBoolean();
        boolean serves = Conditions.isTrue(pod, "Ready");
        boolean ends = Meta.isDeleting(pod);
        ObjectNode endpoint = Json.object();
        endpoint.putArray("addresses").add(Json.text(pod, "status", "podIP"));
        endpoint.putObject("conditions")
                .put("ready", publishesAll || (serves && !ends))
                .put("serving", publishesAll || serves)
                .put("terminating", ends);
        if (Json.text(pod, "spec", "subdomain").equals(Meta.name(service))) {
            endpoint.put("hostname", Json.text(pod, "spec", "hostname"));
        }
        endpoint.put("nodeName", Json.text(pod, "spec", "nodeName"));
        endpoint.put("zone", Json.text(pod, "spec", "nodeName"));
        endpoint.putObject("targetRef")
                .put("kind", "Pod")
                .put("namespace", Meta.namespace(pod))
                .put("name", Meta.name(pod))
                .put("uid", Meta.uid(pod));
        return endpoint;
    }

    private static ArrayNode ports(JsonNode service, List<ObjectNode> pods) {
        ArrayNode ports = Json.array();
        for (JsonNode port : service.at("/spec/ports")) {
            ports.addObject()
                    .put("name", Json.text(port, "name"))
                    .put("protocol", Json.text(port, "protocol"))
                    .put("port", targetPort(port, pods));
        }
        return ports;
    }

    private static int targetPort(JsonNode port, List<ObjectNode> pods) {
        JsonNode target = port.path("targetPort");
        if (target.isIntegralNumber()) {
            return target.asInt();
        }
        return pods.stream()
                .flatMap(pod -> Json.items(pod, "spec", "containers").stream())
                .flatMap(container -> Json.items(container, "ports").stream())
                .filter(candidate -> Json.text(candidate, "name").equals(target.asText()))
                .map(candidate -> candidate.path("containerPort").asInt())
                .findFirst()
                .orElse(port.path("port").asInt());
    }
}
