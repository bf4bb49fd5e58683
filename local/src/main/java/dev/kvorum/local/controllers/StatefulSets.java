package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.LabelMatch;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * StatefulSets: one pod per ordinal, each with its claims; pods come back under their own name. {@code Parallel} and
 * {@code OrderedReady}, {@code OnDelete} and {@code RollingUpdate} (without partitions).
 */
final class StatefulSets implements Controller {

    private final Agent agent;

    StatefulSets(Objects objects) {
        this.agent = new Agent(objects, "statefulset-controller");
    }

    @Override
    public void reconcile() {
        for (ObjectNode set : agent.list("statefulsets.apps")) {
            if (!Meta.isDeleting(set)) {
                adopt(set);
                bringToSize(set);
                roll(set);
                report(set);
            }
        }
    }

    /** Pods of this name and labels that nobody owns, as a set deleted with {@code --cascade=orphan} leaves them. */
    private void adopt(ObjectNode set) {
        for (ObjectNode pod : agent.list("pods", Meta.namespace(set))) {
            boolean isOrphan = Meta.controller(pod).isEmpty()
                    && !Meta.isDeleting(pod)
                    && Ordinals.of(set, pod) >= 0
                    && LabelMatch.matches(set.at("/spec/selector"), pod);
            if (isOrphan) {
                agent.edit("pods", pod, now -> {
                    Meta.metadata(now).withArray("ownerReferences").add(Meta.controllerReference(set));
                    return now;
                });
            }
        }
    }

    private void bringToSize(ObjectNode set) {
        boolean ordered = Json.text(set, "spec", "podManagementPolicy").equals("OrderedReady");
        int size = size(set);
        boolean allReadySoFar = true;
        for (int ordinal = 0; ordinal < size && (allReadySoFar || !ordered); ordinal++) {
            Optional<ObjectNode> pod = agent.find("pods", Meta.namespace(set), Ordinals.podName(set, ordinal));
            if (pod.isEmpty()) {
                create(set, ordinal);
            } else if (isOver(pod.get()) && !Meta.isDeleting(pod.get())) {
                agent.delete("pods", pod.get(), DeleteOptions.plain());
            }
            allReadySoFar &= pod.isPresent() && Conditions.isTrue(pod.get(), "Ready");
        }
        List<ObjectNode> surplus = podsOf(set).stream()
                .filter(pod -> Ordinals.of(set, pod) >= size)
                .toList();
        if (ordered && !surplus.isEmpty()) {
            deleteUnlessDeleting(set, surplus.getLast());
        } else {
            surplus.forEach(pod -> deleteUnlessDeleting(set, pod));
        }
    }

    private void create(ObjectNode set, int ordinal) {
        for (ObjectNode claim : PodTemplate.claims(set, ordinal)) {
            if (agent.find("persistentvolumeclaims", Meta.namespace(set), Meta.name(claim))
                    .isEmpty()) {
                agent.create("persistentvolumeclaims", claim);
                agent.reportNormal(set, "SuccessfulCreate", "create Claim " + Meta.name(claim) + " success");
            }
        }
        ObjectNode pod = agent.create("pods", PodTemplate.pod(set, ordinal));
        agent.reportNormal(set, "SuccessfulCreate", "create Pod " + Meta.name(pod) + " success");
    }

    /** With {@code RollingUpdate}, replaces one outdated pod at a time, the highest ordinal first. */
    private void roll(ObjectNode set) {
        if (!Json.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
            return;
        }
        List<ObjectNode> pods = podsOf(set);
        boolean allReady = pods.stream().allMatch(pod -> Conditions.isTrue(pod, "Ready") && !Meta.isDeleting(pod));
        List<ObjectNode> outdated =
                pods.stream().filter(pod -> !isUpdated(set, pod)).toList();
        boolean stuck = pods.stream().anyMatch(pod -> !isUpdated(set, pod) && !Conditions.isTrue(pod, "Ready"));
        if (!outdated.isEmpty() && (allReady || stuck)) {
            deleteUnlessDeleting(set, outdated.getLast());
        }
    }

    private void deleteUnlessDeleting(ObjectNode set, ObjectNode pod) {
        if (!Meta.isDeleting(pod)) {
            agent.delete("pods", pod, DeleteOptions.plain());
            agent.reportNormal(set, "SuccessfulDelete", "delete Pod " + Meta.name(pod) + " successful");
        }
    }

    private void report(ObjectNode set) {
        List<ObjectNode> pods = podsOf(set);
        long ready =
                pods.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
        long updated = pods.stream().filter(pod -> isUpdated(set, pod)).count();
        String update = PodTemplate.revision(set);
        String before = Json.text(set, "status", "currentRevision");
        boolean settled = updated == pods.size() && ready == size(set);
        String current = before.isEmpty() || settled ? update : before;
        long currentPods = current.equals(update) ? updated : pods.size() - updated;
        agent.editStatus("statefulsets.apps", set, now -> {
            Json.child(now, "status")
                    .put("observedGeneration", set.at("/metadata/generation").asLong())
                    .put("replicas", pods.size())
                    .put("readyReplicas", ready)
                    .put("availableReplicas", ready)
                    .put("updatedReplicas", updated)
                    .put("currentReplicas", currentPods)
                    .put("currentRevision", current)
                    .put("updateRevision", update)
                    .put("collisionCount", 0);
            return now;
        });
    }

    private List<ObjectNode> podsOf(ObjectNode set) {
        List<ObjectNode> pods = new ArrayList<>(agent.list("pods", Meta.namespace(set)));
        pods.removeIf(pod -> !Meta.isControlledBy(pod, set) || Ordinals.of(set, pod) < 0);
        pods.sort(java.util.Comparator.comparingInt(pod -> Ordinals.of(set, pod)));
        return pods;
    }

    private static boolean isUpdated(JsonNode set, JsonNode pod) {
        return Json.text(pod, "metadata", "labels", PodTemplate.REVISION_LABEL).equals(PodTemplate.revision(set));
    }

    private static boolean isOver(JsonNode pod) {
        return Set.of("Failed", "Succeeded").contains(Json.text(pod, "status", "phase"));
    }

    private static int size(JsonNode set) {
        return set.at("/spec/replicas").asInt();
    }
}
