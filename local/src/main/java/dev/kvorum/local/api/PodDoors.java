package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.api.ContainerLogs.Run;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.LabelMatch;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.objects.WriteOptions;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.resources.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What only pods have: logs, eviction, and the doors that need a container runtime. */
final class PodDoors {

    private final Objects objects;
    private final ContainerLogs logs;

    PodDoors(Objects objects, ContainerLogs logs) {
        this.objects = objects;
        this.logs = logs;
    }

    Reply handle(Request request, Target target, String door) {
        return switch (door) {
            case "log" -> log(request, target);
            case "eviction" -> evict(request, target);
            case "exec", "attach" ->
                throw ApiProblem.notHere("the local stand-in runs pods as plain processes: kubectl " + door
                        + " works on a real cluster only; use your shell, ./kvorum status shows the pids");
            case "portforward" ->
                throw ApiProblem.notHere("the local stand-in needs no port-forward: each pod has its own loopback"
                        + " address, kubectl get pods -o wide shows it");
            default -> throw ApiProblem.noSuchPath(request.pathText());
        };
    }

    private Reply log(Request request, Target target) {
        refuseTimes(request);
        ObjectNode pod = objects.get(target.type(), target.namespace(), target.name());
        Path path = logFile(request, target, pod);
        String lines = request.parameter("tailLines");
        long tail = lines.isEmpty() ? Long.MAX_VALUE : Long.parseLong(lines);
        LogStream stream = request.has("follow")
                ? LogStream.following(path, tail, () -> isStill(target, Meta.uid(pod)))
                : LogStream.once(path, tail);
        return new Reply.Stream("text/plain", stream);
    }

    private static void refuseTimes(Request request) {
        for (String unknown : List.of("sinceSeconds", "sinceTime", "timestamps", "limitBytes", "stream")) {
            String value = request.parameter(unknown);
            if (!value.isEmpty() && !value.equals("false")) {
                throw ApiProblem.badRequest(
                        unknown + ": the local stand-in keeps plain log files without times: leave it out");
            }
        }
    }

    private Path logFile(Request request, Target target, ObjectNode pod) {
        String container = Json.text(pod.at("/spec/containers/0"), "name");
        String asked = request.parameter("container");
        if (!asked.isEmpty() && !asked.equals(container)) {
            throw ApiProblem.badRequest("container " + asked + " is not valid for pod " + target.name());
        }
        Run run = request.has("previous") ? Run.PREVIOUS : Run.PRESENT;
        Optional<Path> file = logs.file(pod, run);
        if (file.isEmpty() && run == Run.PREVIOUS) {
            throw ApiProblem.badRequest(
                    "previous terminated container \"" + container + "\" in pod \"" + target.name() + "\" not found");
        }
        return file.orElseThrow(() -> waiting(container, target));
    }

    private boolean isStill(Target target, String uid) {
        return objects.find(target.type(), target.namespace(), target.name())
                .filter(now -> Meta.uid(now).equals(uid))
                .isPresent();
    }

    private static ApiProblem waiting(String container, Target target) {
        return ApiProblem.badRequest("container \"" + container + "\" in pod \"" + target.name()
                + "\" is waiting to start: kubectl describe pod " + target.name() + " says why");
    }

    /** Deletes the pod unless a budget says that too few would be left. */
    private Reply evict(Request request, Target target) {
        if (!request.method().equals("POST")) {
            throw ApiProblem.notAllowed(request.method(), "pods/eviction");
        }
        ObjectNode eviction = request.bodyObject();
        DeleteOptions options = DeleteOptions.of(eviction.path("deleteOptions"));
        objects.store().exclusively(() -> {
            ObjectNode pod = objects.get(target.type(), target.namespace(), target.name());
            spendBudget(pod, target);
            return objects.delete(target.type(), target.namespace(), target.name(), options);
        });
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        return new Reply.Document(201, status.put("status", "Success"), List.of());
    }

    private void spendBudget(ObjectNode pod, Target target) {
        ResourceType budgets = objects.types().get("poddisruptionbudgets.policy");
        boolean isReady = Json.items(pod, "status", "conditions").stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
        for (ObjectNode budget : objects.store().list(budgets.qualifiedName(), target.namespace())) {
            JsonNode selector = budget.at("/spec/selector");
            if (isReady && !Meta.isDeleting(pod) && LabelMatch.matches(selector, pod)) {
                spend(budgets, budget);
            }
        }
    }

    private void spend(ResourceType budgets, ObjectNode budget) {
        int allowed = budget.at("/status/disruptionsAllowed").asInt();
        if (allowed <= 0) {
            throw ApiProblem.tooManyRequests(
                    "Cannot evict pod as it would violate the pod's disruption budget.",
                    "The disruption budget " + Meta.name(budget) + " needs "
                            + budget.at("/status/desiredHealthy").asInt() + " healthy pods and has "
                            + budget.at("/status/currentHealthy").asInt() + " currently");
        }
        WriteOptions options = WriteOptions.by("eviction").through(Door.STATUS);
        objects.update(budgets, Meta.namespace(budget), Meta.name(budget), options, now -> {
            Json.child(now, "status").put("disruptionsAllowed", allowed - 1);
            return now;
        });
    }
}
