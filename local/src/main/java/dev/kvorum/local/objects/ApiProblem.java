package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.ownership.Conflict;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.schema.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request that the API refuses, with the {@code Status} object that says why. */
public final class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiProblem(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public static ApiProblem of(int code, String reason, String message) {
        return new ApiProblem(code, reason, message, Json.object());
    }

    public static ApiProblem badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    public static ApiProblem notFound(ResourceType type, String name) {
        return about(404, "NotFound", type, name, type + " \"" + name + "\" not found");
    }

    public static ApiProblem noSuchPath(String path) {
        return of(404, "NotFound", "the server could not find the requested resource: " + path);
    }

    public static ApiProblem alreadyExists(ResourceType type, String name) {
        return about(409, "AlreadyExists", type, name, type + " \"" + name + "\" already exists");
    }

    public static ApiProblem conflict(ResourceType type, String name, String why) {
        String message = "Operation cannot be fulfilled on " + type + " \"" + name + "\": " + why;
        return about(409, "Conflict", type, name, message);
    }

    public static ApiProblem modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiProblem forbidden(ResourceType type, String name, String why) {
        return about(403, "Forbidden", type, name, type + " \"" + name + "\" is forbidden: " + why);
    }

    public static ApiProblem expired(String message) {
        return of(410, "Expired", message);
    }

    public static ApiProblem notAllowed(String method, String what) {
        return of(405, "MethodNotAllowed", "the server does not allow " + method + " on " + what);
    }

    public static ApiProblem notHere(String message) {
        return of(501, "NotImplemented", message);
    }

    public static ApiProblem invalid(ResourceType type, String name, List<FieldError> errors) {
        List<String> said = errors.stream().map(FieldError::toString).toList();
        String list = said.size() == 1 ? said.getFirst() : "[" + String.join(", ", said) + "]";
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        ApiProblem problem = new ApiProblem(
                422, "Invalid", kind + " \"" + name + "\" is invalid: " + list, detailsOf(type, type.kind(), name));
        for (FieldError error : errors) {
            problem.cause(error.reason().code(), error.message(), error.path());
        }
        return problem;
    }

    public static ApiProblem applyConflict(ResourceType type, String name, List<Conflict> conflicts) {
        SortedMap<String, List<String>> byManager = new TreeMap<>();
        for (Conflict conflict : conflicts) {
            byManager
                    .computeIfAbsent(conflict.withWhom(), whom -> new ArrayList<>())
                    .add(conflict.field());
        }
        List<String> said = new ArrayList<>();
        byManager.forEach((whom, fields) -> said.add(
                fields.size() == 1
                        ? "conflict with " + whom + ": " + fields.getFirst()
                        : "conflicts with " + whom + ":\n- " + String.join("\n- ", fields)));
        String count = conflicts.size() == 1 ? "1 conflict: " : conflicts.size() + " conflicts: ";
        ApiProblem problem = new ApiProblem(
                409,
                "Conflict",
                "Apply failed with " + count + String.join("\n", said),
                detailsOf(type, type.plural(), name));
        conflicts.forEach(c -> problem.cause("FieldManagerConflict", "conflict with " + c.withWhom(), c.field()));
        return problem;
    }

    /** A budget or a limit says: not now. */
    public static ApiProblem tooManyRequests(String message, String cause) {
        ApiProblem problem = of(429, "TooManyRequests", message);
        problem.cause("DisruptionBudget", cause, "");
        return problem;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** The {@code metav1.Status} that clients read. */
    public ObjectNode toStatus() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        status.set("details", details);
        return status.put("code", code);
    }

    private static ApiProblem about(int code, String reason, ResourceType type, String name, String message) {
        return new ApiProblem(code, reason, message, detailsOf(type, type.plural(), name));
    }

    private static ObjectNode detailsOf(ResourceType type, String kind, String name) {
        ObjectNode details = Json.object().put("name", name).put("kind", kind);
        return type.group().isEmpty() ? details : details.put("group", type.group());
    }

    private void cause(String code, String message, String field) {
        ArrayNode causes = details.withArray("causes");
        ObjectNode cause = causes.addObject().put("reason", code).put("message", message);
        if (!field.isEmpty()) {
            cause.put("field", field);
        }
    }
}
