package dev.kvorum.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kvorum.local.json.Json;
import java.time.Instant;
import java.util.List;

/** The columns of pods; the status is the most telling word about its containers. */
final class PodColumns {

    static final List<Column> ALL = List.of(
            Column.NAME,
            Column.text("Ready", PodColumns::ready),
            Column.text("Status", PodColumns::status),
            new Column("Restarts", "string", "", 0, (pod, now) -> TextNode.valueOf(restarts(pod, now))),
            Column.AGE,
            Column.at("IP", "status", "podIP").wide(),
            Column.at("Node", "spec", "nodeName").wide(),
            Column.text("Nominated Node", pod -> "<none>").wide(),
            Column.text("Readiness Gates", pod -> "<none>").wide());

    private PodColumns() {}

    private static String ready(JsonNode pod) {
        long ready = Json.items(pod, "status", "containerStatuses").stream()
                .filter(container -> container.path("ready").asBoolean())
                .count();
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static String status(JsonNode pod) {
        if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
            return "Terminating";
        }
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            String waiting = Json.text(container, "state", "waiting", "reason");
            String ended = Json.text(container, "state", "terminated", "reason");
            if (!waiting.isEmpty() || !ended.isEmpty()) {
                return waiting.isEmpty() ? ended : waiting;
            }
        }
        String reason = Json.text(pod, "status", "reason");
        return reason.isEmpty() ? Json.text(pod, "status", "phase") : reason;
    }

    private static String restarts(JsonNode pod, Instant now) {
        int count = 0;
        String last = "";
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            count += container.path("restartCount").asInt();
            String ended = Json.text(container, "lastState", "terminated", "finishedAt");
            last = ended.compareTo(last) > 0 ? ended : last;
        }
        return count == 0 || last.isEmpty() ? Integer.toString(count) : count + " (" + Age.since(last, now) + " ago)";
    }
}
