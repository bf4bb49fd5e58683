package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.Conditions.Condition;
import dev.kvorum.local.objects.LabelMatch;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Gives each pod the Node that its selector and required node affinity allow, the one with the fewest pods first. Pod
 * (anti-)affinity and resources do not count here: there is one Node per zone.
 */
final class Scheduler implements Controller {

    private final Agent agent;

    Scheduler(Objects objects) {
        this.agent = new Agent(objects, "default-scheduler");
    }

    @Override
    public void reconcile() {
        for (ObjectNode pod : agent.list("pods")) {
            if (Json.text(pod, "spec", "nodeName").isEmpty() && !Meta.isDeleting(pod)) {
                schedule(pod);
            }
        }
    }

    private void schedule(ObjectNode pod) {
        List<ObjectNode> nodes = agent.list("nodes");
        List<ObjectNode> matching =
                nodes.stream().filter(node -> isAllowed(pod, node)).toList();
        nodes = matching.stream()
                .filter(node -> !node.at("/spec/unschedulable").asBoolean())
                .sorted(Comparator.comparingLong(this::podsOn))
                .toList();
        if (nodes.isEmpty()) {
            refuse(pod, matching.size());
            return;
        }
        String name = Meta.name(nodes.getFirst());
        agent.edit("pods", pod, now -> {
            Json.child(now, "spec").put("nodeName", name);
            return now;
        });
        agent.editStatus("pods", pod, now -> {
            Conditions.set(now, Condition.holds("PodScheduled"), agent.now());
            return now;
        });
        String place = Meta.namespace(pod) + "/" + Meta.name(pod);
        agent.reportNormal(pod, "Scheduled", "Successfully assigned " + place + " to " + name);
    }

    private void refuse(ObjectNode pod, int cordoned) {
        int all = agent.list("nodes").size();
        String message = "0/" + all + " nodes are available: " + cordoned + " node(s) were unschedulable, "
                + (all - cordoned) + " node(s) didn't match Pod's node affinity/selector.";
        String before = Json.items(pod, "status", "conditions").stream()
                .filter(condition -> Json.text(condition, "type").equals("PodScheduled"))
                .map(condition -> Json.text(condition, "message"))
                .findFirst()
                .orElse("");
        if (!before.equals(message)) {
            agent.editStatus("pods", pod, now -> {
                Conditions.set(now, new Condition("PodScheduled", "False", "Unschedulable", message), agent.now());
                return now;
            });
            agent.reportWarning(pod, "FailedScheduling", message);
        }
    }

    private long podsOn(JsonNode node) {
        return agent.list("pods").stream()
                .filter(pod -> Json.text(pod, "spec", "nodeName").equals(Meta.name(node)))
                .count();
    }

    private static boolean isAllowed(JsonNode pod, JsonNode node) {
        Map<String, String> labels = Json.strings(node, "metadata", "labels");
        boolean selected = Json.strings(pod, "spec", "nodeSelector").entrySet().stream()
                .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        List<JsonNode> terms = Json.items(
                pod,
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        return selected && (terms.isEmpty() || terms.stream().anyMatch(term -> holds(term, labels)));
    }

    private static boolean holds(JsonNode term, Map<String, String> labels) {
        return Json.items(term, "matchExpressions").stream()
                .allMatch(expression -> LabelMatch.holds(expression, labels));
    }
}
