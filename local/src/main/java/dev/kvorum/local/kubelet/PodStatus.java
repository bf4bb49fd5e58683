package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Probes.Health;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.Conditions.Condition;
import dev.kvorum.local.objects.Meta;
import java.time.Instant;

/** Writes what a pod's container does into the pod's status. A pod that is gone meanwhile is not written to. */
final class PodStatus {

    private final Agent agent;

    PodStatus(Agent agent) {
        this.agent = agent;
    }

    /** The container waits, and this is why. */
    void waiting(ObjectNode pod, String reason, String message) {
        edit(pod, now -> {
            ObjectNode state = Json.object();
            ObjectNode waiting = state.putObject("waiting").put("reason", reason);
            if (!message.isEmpty()) {
                waiting.put("message", message);
            }
            container(now).put("ready", false).put("started", false).set("state", state);
            setReady(now, false);
            if (Json.text(now, "status", "phase").isEmpty()) {
                Json.child(now, "status").put("phase", "Pending");
            }
        });
    }

    void running(ObjectNode pod, ProcessHandle process, Instant started, Health health) {
        edit(pod, now -> {
            boolean isReady = health == Health.READY;
            ObjectNode container = container(now);
            String id = "process://" + process.pid();
            boolean isRestart = container.has("containerID")
                    && !Json.text(container, "containerID").equals(id);
            if (isRestart) {
                container.put("restartCount", container.path("restartCount").asInt() + 1);
            }
            container.put("containerID", id).put("ready", isReady).put("started", health != Health.STARTING);
            ObjectNode state = Json.object();
            state.putObject("running").put("startedAt", Meta.time(started));
            container.set("state", state);
            Json.child(now, "status").put("phase", "Running");
            setReady(now, isReady);
        });
    }

    void ended(ObjectNode pod, int exitCode, Instant started, String lastWords) {
        edit(pod, now -> {
            ObjectNode terminated = Json.object()
                    .put("exitCode", exitCode)
                    .put("reason", exitCode == 0 ? "Completed" : "Error")
                    .put("startedAt", Meta.time(started))
                    .put("finishedAt", Meta.time(agent.now()));
            if (exitCode != 0 && !lastWords.isEmpty()) {
                terminated.put("message", lastWords);
            }
            ObjectNode container = container(now);
            Json.child(container, "lastState").set("terminated", terminated);
            container.putObject("state").set("terminated", terminated.deepCopy());
            container.put("ready", false).put("started", false);
            setReady(now, false);
        });
    }

    void address(ObjectNode pod, String address) {
        edit(pod, now -> {
            ObjectNode status = Json.child(now, "status").put("podIP", address).put("hostIP", "127.0.0.1");
            status.putArray("podIPs").addObject().put("ip", address);
            status.putArray("hostIPs").addObject().put("ip", "127.0.0.1");
            if (!status.has("startTime")) {
                status.put("startTime", Meta.time(agent.now()));
            }
            Conditions.set(now, Condition.holds("Initialized"), agent.now());
        });
    }

    private interface Change {
        void applyTo(ObjectNode pod);
    }

    private void edit(ObjectNode pod, Change change) {
        try {
            agent.editStatus("pods", pod, now -> {
                if (Meta.uid(now).equals(Meta.uid(pod))) {
                    change.applyTo(now);
                }
                return now;
            });
        } catch (ApiProblem problem) {
            if (problem.code() != 404) {
                throw problem;
            }
        }
    }

    /** The status of the first container; the only one that a process can stand for. */
    private static ObjectNode container(ObjectNode pod) {
        ObjectNode status = Json.child(pod, "status");
        if (status.path("containerStatuses").path(0) instanceof ObjectNode present) {
            return present;
        }
        JsonNode container = pod.at("/spec/containers/0");
        return status.putArray("containerStatuses")
                .addObject()
                .put("name", Json.text(container, "name"))
                .put("image", Json.text(container, "image"))
                .put("imageID", Json.text(container, "image"))
                .put("restartCount", 0);
    }

    private void setReady(ObjectNode pod, boolean isReady) {
        Condition ready = isReady
                ? Condition.holds("Ready")
                : new Condition(
                        "Ready",
                        "False",
                        "ContainersNotReady",
                        "containers with unready status: [" + Json.text(pod.at("/spec/containers/0"), "name") + "]");
        Conditions.set(pod, ready, agent.now());
        Condition containers = new Condition("ContainersReady", ready.status(), ready.reason(), ready.message());
        Conditions.set(pod, containers, agent.now());
    }
}
