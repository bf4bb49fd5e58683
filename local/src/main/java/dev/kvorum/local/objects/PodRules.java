package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import org.jspecify.annotations.Nullable;

/** Pods, and the pod templates of others. */
final class PodRules implements KindRules {

    @Override
    public void prepare(ObjectNode pod, @Nullable ObjectNode before) {
        ObjectNode spec = Json.child(pod, "spec");
        prepareSpec(spec);
        if (before == null) {
            defaultText(spec, "serviceAccountName", "default");
            ObjectNode status = pod.putObject("status");
            status.put("phase", "Pending").put("qosClass", qualityOf(spec));
        }
    }

    static void prepareSpec(ObjectNode spec) {
        for (JsonNode node : spec.path("containers")) {
            if (node instanceof ObjectNode container) {
                String image = Json.text(container, "image");
                boolean isMoving = image.endsWith(":latest")
                        || !image.substring(image.lastIndexOf('/') + 1).contains(":");
                defaultText(container, "imagePullPolicy", isMoving ? "Always" : "IfNotPresent");
            }
        }
        if (spec.has("serviceAccountName")) {
            spec.set("serviceAccount", spec.path("serviceAccountName"));
        }
    }

    private static void defaultText(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static String qualityOf(ObjectNode spec) {
        boolean asksNothing = true;
        boolean isFixed = true;
        for (JsonNode container : spec.path("containers")) {
            JsonNode resources = container.path("resources");
            asksNothing &= resources.path("requests").isEmpty()
                    && resources.path("limits").isEmpty();
            JsonNode limits = resources.path("limits");
            isFixed &= limits.has("cpu")
                    && limits.has("memory")
                    && resources.path("requests").equals(limits);
        }
        return asksNothing ? "BestEffort" : isFixed ? "Guaranteed" : "Burstable";
    }
}
