package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On which node a new group of the authority is built, and what that may lose: the node that has applied most, among
 * those that answer.
 *
 * @param pod to recover at
 * @param generation to recover to
 */
record RecoveryPlan(String pod, String clusterId, long generation, String text) {

    /**
     * The plan, for people to read first.
     *
     * @param rings what {@code GET /admin/v1/ring} answers, by pod; at least one
     * @throws FailedException when there is nothing to recover
     */
    static RecoveryPlan of(SortedMap<String, JsonNode> rings) throws FailedException {
        for (Map.Entry<String, JsonNode> each : rings.entrySet()) {
            if (each.getValue().hasNonNull("leader")) {
                throw new FailedException("nothing to recover: " + each.getKey() + " knows a leader, "
                        + Json.text(each.getValue(), "leader"));
            }
        }
        Map.Entry<String, JsonNode> newest = rings.entrySet().stream()
                .max(Comparator.comparingLong((Map.Entry<String, JsonNode> each) -> generation(each.getValue()))
                        .thenComparingLong(each -> applied(each.getValue())))
                .orElseThrow(() -> new FailedException("no node answers; a recovery needs one"));
        String pod = newest.getKey();
        long next = generation(newest.getValue()) + 1;
        return new RecoveryPlan(pod, Json.text(newest.getValue(), "clusterId"), next, describe(pod, next, rings));
    }

    private static String describe(String newest, long next, SortedMap<String, JsonNode> rings) {
        StringBuilder text = new StringBuilder();
        rings.forEach((pod, ring) ->
                text.append("%s: generation %d, entry %d applied%n".formatted(pod, generation(ring), applied(ring))));
        text.append("voters that do not answer: %s%n".formatted(String.join(", ", silent(rings))));
        text.append(
                "%s would begin generation %d. What was decided after its entry, at voters that are gone, is lost;%n"
                        .formatted(newest, next));
        text.append("nodes of the former generation are refused until they have adopted the new one.%n".formatted());
        return text.toString();
    }

    private static List<String> silent(SortedMap<String, JsonNode> rings) {
        TreeMap<String, String> names = new TreeMap<>();
        TreeMap<String, String> voters = new TreeMap<>();
        rings.values().forEach(ring -> {
            Json.items(ring, "nodes").forEach(node -> names.put(Json.text(node, "id"), Json.text(node, "name")));
            Json.items(ring, "voters").forEach(voter -> voters.put(voter.asText(), voter.asText()));
        });
        List<String> silent = new ArrayList<>();
        for (String voter : voters.keySet()) {
            String name = names.getOrDefault(voter, voter);
            if (!rings.containsKey(name)) {
                silent.add(name);
            }
        }
        return silent;
    }

    private static long generation(JsonNode ring) {
        return ring.path("generation").asLong();
    }

    private static long applied(JsonNode ring) {
        return ring.path("applied").asLong();
    }
}
