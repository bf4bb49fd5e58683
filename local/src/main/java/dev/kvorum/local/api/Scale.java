package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.resources.Features.ScalePaths;
import dev.kvorum.local.resources.ResourceType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The {@code autoscaling/v1} Scale of an object: a view on its size. */
record Scale(ScalePaths paths) {

    static Scale of(ResourceType type) {
        ScalePaths paths = type.features().scale();
        if (paths == null) {
            throw ApiProblem.of(404, "NotFound", type + " has no scale");
        }
        return new Scale(paths);
    }

    ObjectNode view(ObjectNode object) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(field, object.path("metadata").path(field));
        }
        scale.putObject("spec")
                .put("replicas", Json.at(object, steps(paths.specReplicas())).asInt());
        ObjectNode status = scale.putObject("status");
        status.put("replicas", Json.at(object, steps(paths.statusReplicas())).asInt());
        String selector = paths.labelSelector();
        if (selector != null) {
            status.put("selector", selectorText(Json.at(object, steps(selector))));
        }
        return scale;
    }

    /** The object with the size that a scale asks for. */
    ObjectNode applied(ObjectNode object, ObjectNode scale) {
        JsonNode replicas = scale.at("/spec/replicas");
        if (!replicas.isMissingNode() && !replicas.isIntegralNumber()) {
            throw ApiProblem.badRequest("spec.replicas: " + replicas + " is not a whole number");
        }
        String[] steps = steps(paths.specReplicas());
        ObjectNode parent = Json.child(object, Arrays.copyOf(steps, steps.length - 1));
        parent.put(steps[steps.length - 1], replicas.asInt());
        String version = Meta.resourceVersion(scale);
        if (!version.isEmpty()) {
            Meta.metadata(object).put("resourceVersion", version);
        }
        return object;
    }

    private static String selectorText(JsonNode selector) {
        return selector.isObject()
                ? Json.strings(selector, "matchLabels").entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(","))
                : selector.asText("");
    }

    private static String[] steps(String path) {
        return path.substring(1).split("\\.", -1);
    }
}
