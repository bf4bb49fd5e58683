package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.objects.Written;
import dev.kvorum.local.resources.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Requests on all objects of a type: list, watch, create, delete. */
final class CollectionDoor {

    private final Objects objects;

    CollectionDoor(Objects objects) {
        this.objects = objects;
    }

    Reply handle(Request request, ResourceType type, String namespace) {
        return switch (request.method()) {
            case "GET" -> request.has("watch") ? watch(request, type, namespace) : list(request, type, namespace);
            case "POST" -> create(request, type, namespace);
            case "DELETE" -> deleteAll(request, type, namespace);
            default -> throw ApiProblem.notAllowed(request.method(), "all " + type);
        };
    }

    private Reply list(Request request, ResourceType type, String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        Predicate<JsonNode> selected = selected(request, type, namespace);
        long revision = objects.store().exclusively(() -> {
            found.addAll(objects.store().list(type.qualifiedName(), namespace));
            return objects.store().revision();
        });
        found.removeIf(selected.negate());
        Instant now = objects.clock().instant();
        return Reply.ok(View.of(request).list(type, found, revision, now));
    }

    private Reply watch(Request request, ResourceType type, String namespace) {
        if (request.header("Upgrade").equalsIgnoreCase("websocket")) {
            // Clients that try a WebSocket first take a plain 200 for "use plain HTTP".
            return new Reply.Text(200, "");
        }
        Watch watch = new Watch(objects, type, selected(request, type, namespace), request);
        return new Reply.Stream("application/json", watch);
    }

    private Reply create(Request request, ResourceType type, String namespace) {
        ObjectNode body = request.bodyObject();
        String inBody = Meta.namespace(body);
        if (type.isNamespaced() && namespace.isEmpty()) {
            throw ApiProblem.badRequest("create " + type + " in a namespace: /namespaces/"
                    + (inBody.isEmpty() ? "default" : inBody) + "/" + type.plural());
        }
        Written written = objects.create(type, namespace, body, request.writeOptions(Door.MAIN));
        JsonNode shown =
                View.of(request).item(type, written.object(), objects.clock().instant());
        return new Reply.Document(201, shown, written.warnings());
    }

    private Reply deleteAll(Request request, ResourceType type, String namespace) {
        DeleteOptions options = ItemDoor.deleteOptions(request);
        Predicate<JsonNode> selected = selected(request, type, namespace);
        List<ObjectNode> found = objects.store().list(type.qualifiedName(), namespace);
        found.stream()
                .filter(selected)
                .forEach(object -> objects.delete(type, Meta.namespace(object), Meta.name(object), options));
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        return Reply.ok(status.put("status", "Success"));
    }

    private static Predicate<JsonNode> selected(Request request, ResourceType type, String namespace) {
        Predicate<JsonNode> within =
                object -> namespace.isEmpty() || Meta.namespace(object).equals(namespace) || !type.isNamespaced();
        return within.and(Selectors.labels(request.parameter("labelSelector")))
                .and(Selectors.fields(request.parameter("fieldSelector")));
    }
}
