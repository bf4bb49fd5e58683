package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of a container. A process has no file system of its own: a value that is a path below a mount is
 * rewritten to where the mount really is.
 */
final class Environment {

    /** How a process learns the address that would be its pod's network namespace. */
    static final String BIND_HOST = "KVORUM_BIND_HOST";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)|\\$\\$");

    private final Agent agent;

    Environment(Agent agent) {
        this.agent = agent;
    }

    Map<String, String> of(ObjectNode pod, JsonNode container, SortedMap<String, Path> mounts)
            throws CannotStartException {
        if (!container.path("envFrom").isEmpty()) {
            throw new CannotStartException("envFrom: the local stand-in knows env only");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : container.path("env")) {
            Optional<String> value = valueOf(pod, variable, variables);
            value.ifPresent(text -> variables.put(Json.text(variable, "name"), text));
        }
        variables.replaceAll((name, value) -> rewritten(value, mounts));
        variables.put(BIND_HOST, Json.text(pod, "status", "podIP"));
        return variables;
    }

    private Optional<String> valueOf(ObjectNode pod, JsonNode variable, Map<String, String> earlier)
            throws CannotStartException {
        JsonNode source = variable.path("valueFrom");
        if (source.has("fieldRef")) {
            return Optional.of(field(pod, Json.text(source, "fieldRef", "fieldPath")));
        } else if (source.has("secretKeyRef")) {
            return keyOf("secrets", pod, source.path("secretKeyRef"))
                    .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } else if (source.has("configMapKeyRef")) {
            return keyOf("configmaps", pod, source.path("configMapKeyRef"));
        } else if (!source.isEmpty()) {
            throw new CannotStartException("env " + Json.text(variable, "name")
                    + ": the local stand-in knows fieldRef, secretKeyRef and configMapKeyRef only");
        }
        return Optional.of(expanded(Json.text(variable, "value"), earlier));
    }

    private static String field(ObjectNode pod, String path) throws CannotStartException {
        return switch (path) {
            case "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName" ->
                Json.text(pod, path.split("\\.", -1));
            case "status.podIP" -> Json.text(pod, "status", "podIP");
            case "status.hostIP" -> "127.0.0.1";
            default -> labelOrAnnotation(pod, path);
        };
    }

    private static String labelOrAnnotation(ObjectNode pod, String path) throws CannotStartException {
        Matcher matcher =
                Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']").matcher(path);
        if (!matcher.matches()) {
            throw new CannotStartException("fieldRef " + path + ": no such field for a pod");
        }
        return Json.text(pod.path("metadata").path(matcher.group(1)), matcher.group(2));
    }

    private Optional<String> keyOf(String resource, JsonNode pod, JsonNode reference) throws CannotStartException {
        Optional<ObjectNode> object = agent.find(resource, Meta.namespace(pod), Json.text(reference, "name"));
        Optional<String> value = object.map(found -> Json.textOrNull(found, "data", Json.text(reference, "key")));
        if (value.isEmpty() && !reference.path("optional").asBoolean()) {
            throw new CannotStartException(
                    resource + " \"" + Json.text(reference, "name") + "\" has no key " + Json.text(reference, "key"));
        }
        return value;
    }

    /** {@code $(NAME)} of an earlier variable is replaced, of an unknown one stays; {@code $$} is a dollar. */
    private static String expanded(String text, Map<String, String> earlier) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value = name == null ? "$" : earlier.getOrDefault(name, match.group());
            return Matcher.quoteReplacement(value);
        });
    }

    private static String rewritten(String value, SortedMap<String, Path> mounts) {
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            String path = mount.getKey();
            if (value.equals(path) || value.startsWith(path + "/")) {
                return mount.getValue() + value.substring(path.length());
            }
        }
        return value;
    }
}
