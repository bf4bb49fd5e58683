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
import java.util.List;

/** The status of PodDisruptionBudgets: how many ready pods may go now. */
final class DisruptionBudgets implements Controller {

    private static final String BUDGETS = "poddisruptionbudgets.policy";

    private final Agent agent;

    DisruptionBudgets(Objects objects) {
        this.agent = new Agent(objects, "disruption-controller");
    }

    @Override
    public void reconcile() {
        agent.list(BUDGETS).forEach(this::reconcile);
    }

    private void reconcile(ObjectNode budget) {
        List<ObjectNode> pods = agent.list("pods", Meta.namespace(budget)).stream()
                .filter(pod -> LabelMatch.matches(budget.at("/spec/selector"), pod))
                .toList();
        int expected = Math.max(pods.size(), sizeOfOwners(pods));
        int healthy = (int) pods.stream()
                .filter(pod -> Conditions.isTrue(pod, "Ready") && !Meta.isDeleting(pod))
                .count();
        int desired = desired(budget.path("spec"), expected);
        int allowed = Math.max(0, healthy - desired);
        agent.editStatus(BUDGETS, budget, now -> {
            Json.child(now, "status")
                    .put("observedGeneration", budget.at("/metadata/generation").asLong())
                    .put("expectedPods", expected)
                    .put("currentHealthy", healthy)
                    .put("desiredHealthy", desired)
                    .put("disruptionsAllowed", allowed);
            Condition condition = allowed > 0
                    ? new Condition("DisruptionAllowed", "True", "SufficientPods", "")
                    : new Condition("DisruptionAllowed", "False", "InsufficientPods", "");
            Conditions.set(now, condition, agent.now());
            return now;
        });
    }

    /** Pods that their StatefulSets want and that are not there count as expected. */
    private int sizeOfOwners(List<ObjectNode> pods) {
        return agent.list("statefulsets.apps").stream()
                .filter(set -> pods.stream().anyMatch(pod -> Meta.isControlledBy(pod, set)))
                .mapToInt(set -> set.at("/spec/replicas").asInt())
                .sum();
    }

    private static int desired(JsonNode spec, int expected) {
        if (spec.has("minAvailable")) {
            return amount(spec.path("minAvailable"), expected);
        }
        return Math.max(0, expected - amount(spec.path("maxUnavailable"), expected));
    }

    /** A number, or a percentage rounded up. */
    private static int amount(JsonNode value, int whole) {
        String text = value.asText("0");
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        int percent = Integer.parseInt(text.substring(0, text.length() - 1));
        return Math.ceilDiv(whole * percent, 100);
    }
}
