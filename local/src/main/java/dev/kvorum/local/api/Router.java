package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.GroupVersion;
import dev.kvorum.local.resources.ResourceType;
import java.util.List;

/** Finds what a path names and hands the request to it. */
final class Router {

    private final Objects objects;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final CollectionDoor collections;
    private final ItemDoor items;
    private final Guard guard;

    Router(Objects objects, ContainerLogs logs, Guard guard) {
        this.objects = objects;
        this.guard = guard;
        this.discovery = new Discovery(objects.types());
        this.openApi = new OpenApi(objects.types());
        this.collections = new CollectionDoor(objects);
        this.items = new ItemDoor(objects, new PodDoors(objects, logs));
    }

    Reply route(Request request) {
        List<String> path = request.path();
        return switch (path.getFirst()) {
            case "healthz", "readyz", "livez" -> new Reply.Text(200, "ok");
            case "version" -> Reply.ok(Discovery.version());
            case "api" -> path.size() == 1 ? Reply.ok(Discovery.coreVersions()) : core(request);
            case "apis" -> groups(request);
            case "openapi" -> Reply.ok(openApi.document(path));
            default -> throw ApiProblem.noSuchPath(request.pathText());
        };
    }

    private Reply core(Request request) {
        return version(request, new GroupVersion("", request.path().get(1)), 2);
    }

    private Reply groups(Request request) {
        return switch (request.path().size()) {
            case 1 -> Reply.ok(discovery.groups());
            case 2 -> Reply.ok(discovery.group(request.path().get(1)));
            default ->
                version(
                        request,
                        new GroupVersion(request.path().get(1), request.path().get(2)),
                        3);
        };
    }

    private Reply version(Request request, GroupVersion version, int from) {
        List<String> rest = request.path().subList(from, request.path().size());
        if (rest.isEmpty()) {
            return Reply.ok(discovery.resources(version));
        }
        if (Reviews.isReview(version.group(), rest.getLast())) {
            return new Reviews(objects.types(), guard).answer(request);
        }
        boolean inNamespace = rest.getFirst().equals("namespaces") && rest.size() >= 3;
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> steps = inNamespace ? rest.subList(2, rest.size()) : rest;
        // A namespace's own status and finalize doors look like resources in a namespace.
        boolean isNamespaceDoor =
                inNamespace && rest.size() == 3 && List.of("status", "finalize").contains(rest.get(2));
        return isNamespaceDoor ? resource(request, version, "", rest) : resource(request, version, namespace, steps);
    }

    private Reply resource(Request request, GroupVersion version, String namespace, List<String> steps) {
        ResourceType type = objects.types()
                .find(version, steps.getFirst())
                .orElseThrow(() -> ApiProblem.noSuchPath(request.pathText()));
        permit(request, new Target(type, namespace, steps.size() == 1 ? "" : steps.get(1)), steps);
        return switch (steps.size()) {
            case 1 -> collections.handle(request, type, namespace);
            case 2 -> items.handle(request, new Target(type, namespace, steps.get(1)));
            case 3 -> items.subresource(request, new Target(type, namespace, steps.get(1)), steps.get(2));
            default -> throw ApiProblem.noSuchPath(request.pathText());
        };
    }

    private void permit(Request request, Target target, List<String> steps) {
        ApiCall call = ApiCall.of(request, target, steps.stream().skip(2).toList());
        permit(call, target.type());
        if (request.isApply()
                && steps.size() == 2
                && objects.find(target.type(), target.namespace(), target.name())
                        .isEmpty()) {
            permit(call.asCreation(), target.type());
        }
    }

    private void permit(ApiCall call, ResourceType type) {
        if (!guard.allows(call)) {
            String where = call.namespace().isEmpty()
                    ? "at the cluster scope"
                    : "in the namespace \"" + call.namespace() + "\"";
            String why = "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                    .formatted(call.agent(), call.verb(), call.resource(), call.group(), where);
            throw call.name().isEmpty()
                    ? ApiProblem.of(403, "Forbidden", type + " is forbidden: " + why)
                    : ApiProblem.forbidden(type, call.name(), why);
        }
    }

    /** The answer to a deletion that left nothing. */
    static ObjectNode success(Target target, String uid) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        status.putObject("details")
                .put("name", target.name())
                .put("group", target.type().group())
                .put("kind", target.type().plural())
                .put("uid", uid);
        return status;
    }
}
