package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.objects.Objects.Edit;
import dev.kvorum.local.objects.WriteOptions;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.objects.Written;
import dev.kvorum.local.objects.Written.Outcome;
import dev.kvorum.local.ownership.Ownership.Force;
import dev.kvorum.local.patch.InvalidPatchException;
import dev.kvorum.local.patch.JsonPatches;
import dev.kvorum.local.patch.StrategicMerge;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.Schema;
import java.util.List;

/** Requests on one object and on its status and scale. */
final class ItemDoor {

    private final Objects objects;
    private final PodDoors pods;

    ItemDoor(Objects objects, PodDoors pods) {
        this.objects = objects;
        this.pods = pods;
    }

    Reply handle(Request request, Target target) {
        return switch (request.method()) {
            case "GET" -> request.has("watch") ? watch(request, target) : shown(request, target, get(target));
            case "PUT" -> replace(request, target, Door.MAIN);
            case "PATCH" -> patch(request, target, Door.MAIN);
            case "DELETE" -> delete(request, target);
            default ->
                throw ApiProblem.notAllowed(request.method(), target.type().toString());
        };
    }

    Reply subresource(Request request, Target target, String name) {
        if (target.type().qualifiedName().equals("pods") && !name.equals("status")) {
            return pods.handle(request, target, name);
        }
        return switch (name) {
            case "status" -> status(request, target);
            case "scale" -> scale(request, target);
            default -> throw ApiProblem.noSuchPath(request.pathText());
        };
    }

    private ObjectNode get(Target target) {
        return objects.get(target.type(), target.namespace(), target.name());
    }

    private Reply watch(Request request, Target target) {
        Watch watch = new Watch(
                objects,
                target.type(),
                object -> Meta.name(object).equals(target.name())
                        && Meta.namespace(object).equals(target.namespace()),
                request);
        return new Reply.Stream("application/json", watch);
    }

    private Reply status(Request request, Target target) {
        if (!target.type().hasStatus()) {
            throw ApiProblem.noSuchPath(request.pathText());
        }
        return switch (request.method()) {
            case "GET" -> shown(request, target, get(target));
            case "PUT" -> replace(request, target, Door.STATUS);
            case "PATCH" -> patch(request, target, Door.STATUS);
            default -> throw ApiProblem.notAllowed(request.method(), target.type() + "/status");
        };
    }

    private Reply replace(Request request, Target target, Door door) {
        ObjectNode body = request.bodyObject();
        if (target.type().isCustom() && Meta.resourceVersion(body).isEmpty()) {
            FieldError missing = new FieldError(
                    "metadata.resourceVersion", FieldError.Reason.INVALID, "0: must be specified for an update");
            throw ApiProblem.invalid(target.type(), target.name(), List.of(missing));
        }
        return update(request, target, request.writeOptions(door), object -> body);
    }

    private Reply patch(Request request, Target target, Door door) {
        String form = request.header("Content-Type").split(";", 2)[0].strip();
        WriteOptions options = request.writeOptions(door);
        if (form.equals("application/apply-patch+yaml")) {
            return apply(request, target, options);
        }
        JsonNode patch = request.bodyNode();
        return update(request, target, options, object -> patched(target.type(), form, object, patch));
    }

    private Reply apply(Request request, Target target, WriteOptions options) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiProblem.badRequest("fieldManager: Required value: is required for apply patch");
        }
        ObjectNode config = request.bodyObject();
        Json.child(config, "metadata").put("name", target.name());
        Force force = request.has("force") ? Force.YES : Force.NO;
        return written(request, target, objects.apply(target.type(), target.namespace(), config, force, options));
    }

    private ObjectNode patched(ResourceType type, String form, ObjectNode object, JsonNode patch) {
        try {
            return switch (form) {
                case "application/json-patch+json" -> JsonPatches.operations(object, patch);
                case "application/merge-patch+json" -> JsonPatches.merge(object, patch);
                case "application/strategic-merge-patch+json" -> strategic(type, object, patch);
                default -> throw unsupported(form);
            };
        } catch (InvalidPatchException e) {
            throw ApiProblem.of(422, "Invalid", "the patch cannot be applied to " + type + ": " + e.getMessage());
        }
    }

    private ObjectNode strategic(ResourceType type, ObjectNode object, JsonNode patch) throws InvalidPatchException {
        if (type.isCustom()) {
            throw unsupported("application/strategic-merge-patch+json");
        }
        Schema metadata = objects.types().objectMeta();
        return StrategicMerge.apply(type.schema(), metadata, object, patch);
    }

    private static ApiProblem unsupported(String form) {
        return ApiProblem.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml;"
                        + " not " + form);
    }

    private Reply update(Request request, Target target, WriteOptions options, Edit edit) {
        return written(
                request, target, objects.update(target.type(), target.namespace(), target.name(), options, edit));
    }

    private Reply delete(Request request, Target target) {
        Written written = objects.delete(target.type(), target.namespace(), target.name(), deleteOptions(request));
        return written.outcome() == Outcome.REMOVED
                ? Reply.ok(Router.success(target, Meta.uid(written.object())))
                : Reply.ok(written.object());
    }

    static DeleteOptions deleteOptions(Request request) {
        ObjectNode body = request.body().isEmpty() ? Json.object() : request.bodyObject();
        for (String name : List.of("propagationPolicy", "gracePeriodSeconds")) {
            String value = request.parameter(name);
            if (!value.isEmpty() && name.equals("gracePeriodSeconds")) {
                body.put(name, Integer.parseInt(value));
            } else if (!value.isEmpty()) {
                body.put(name, value);
            }
        }
        return DeleteOptions.of(body);
    }

    private Reply scale(Request request, Target target) {
        Scale scale = Scale.of(target.type());
        return switch (request.method()) {
            case "GET" -> Reply.ok(scale.view(get(target)));
            case "PUT" -> scaleTo(request, target, scale, request.bodyObject());
            case "PATCH" -> {
                String form = request.header("Content-Type").split(";", 2)[0].strip();
                String asked = form.contains("strategic") ? "application/merge-patch+json" : form;
                ObjectNode view = scale.view(get(target));
                yield scaleTo(request, target, scale, patched(target.type(), asked, view, request.bodyNode()));
            }
            default -> throw ApiProblem.notAllowed(request.method(), target.type() + "/scale");
        };
    }

    private Reply scaleTo(Request request, Target target, Scale scale, ObjectNode wanted) {
        WriteOptions options = request.writeOptions(Door.SCALE);
        Written written = objects.update(
                target.type(), target.namespace(), target.name(), options, object -> scale.applied(object, wanted));
        return new Reply.Document(200, scale.view(written.object()), written.warnings());
    }

    private Reply shown(Request request, Target target, ObjectNode object) {
        return Reply.ok(
                View.of(request).item(target.type(), object, objects.clock().instant()));
    }

    private Reply written(Request request, Target target, Written written) {
        JsonNode shown = View.of(request)
                .item(target.type(), written.object(), objects.clock().instant());
        int code = written.outcome() == Outcome.CREATED ? 201 : 200;
        return new Reply.Document(code, shown, written.warnings());
    }
}
