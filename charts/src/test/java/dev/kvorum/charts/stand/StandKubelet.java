package dev.kvorum.charts.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Every kubelet: runs what the scheduler placed, and cannot pull images whose tag is {@code broken}. */
final class StandKubelet implements AutoCloseable {

    private static final Duration AT_LEAST_EVERY = Duration.ofMillis(200);

    private final Agent agent;
    private final StandNodes nodes;
    private final Map<String, String> addresses = new HashMap<>();
    private final Thread thread = Thread.ofVirtual().name("kubelet").unstarted(this::run);

    private StandKubelet(Agent agent, StandNodes nodes) {
        this.agent = agent;
        this.nodes = nodes;
    }

    static StandKubelet start(Agent agent, StandNodes nodes) {
        StandKubelet kubelet = new StandKubelet(agent, nodes);
        kubelet.thread.start();
        return kubelet;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long before = agent.objects().store().revision();
                agent.list("pods").forEach(this::run);
                agent.objects().store().awaitChange(before, AT_LEAST_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pod that changed meanwhile is met again in the next round. */
    private void run(ObjectNode pod) {
        try {
            if (pod.at("/metadata").has("deletionTimestamp")) {
                agent.delete("pods", pod, DeleteOptions.now(Meta.uid(pod)));
            } else if (!pod.at("/spec/nodeName").isMissingNode()) {
                tell(pod);
            }
        } catch (ApiProblem problem) {
            if (problem.code() != 404 && problem.code() != 409) {
                throw problem;
            }
        }
    }

    private void tell(ObjectNode pod) {
        String image = pod.at("/spec/containers/0/image").asText();
        ObjectNode status = image.endsWith(":broken") ? waiting(pod, image) : running(pod, image);
        if (!status.equals(pod.get("status"))) {
            agent.editStatus("pods", pod, now -> now.set("status", status));
        }
    }

    private static ObjectNode status(ObjectNode pod) {
        return pod.get("status") instanceof ObjectNode status ? status.deepCopy() : Json.object();
    }

    private static ObjectNode waiting(ObjectNode pod, String image) {
        ObjectNode status = status(pod);
        ObjectNode container = container(status, image, "False");
        container.withObject("/state/waiting").put("reason", "ErrImagePull");
        return status.put("phase", "Pending");
    }

    private ObjectNode running(ObjectNode pod, String image) {
        String name = Meta.name(pod);
        String address = addresses.computeIfAbsent(name, any -> "10.0.0." + (addresses.size() + 1));
        nodes.run(address, name);
        ObjectNode status = status(pod);
        ObjectNode container = container(status, image, nodes.isFounded(name) ? "True" : "False");
        container.withObject("/state/running").put("startedAt", "2026-01-01T00:00:00Z");
        return status.put("phase", "Running").put("podIP", address);
    }

    private static ObjectNode container(ObjectNode status, String image, String isReady) {
        status.putArray("conditions").addObject().put("type", "Ready").put("status", isReady);
        return status.putArray("containerStatuses")
                .addObject()
                .put("name", "kv-node")
                .put("image", image)
                .put("imageID", image)
                .put("restartCount", 0)
                .put("ready", isReady.equals("True"));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
