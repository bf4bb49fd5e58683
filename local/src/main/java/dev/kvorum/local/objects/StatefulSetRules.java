package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** StatefulSets: what may change, and what this stand-in does not do. */
final class StatefulSetRules implements KindRules {

    private static final Set<String> CHANGEABLE = Set.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    @Override
    public void prepare(ObjectNode set, @Nullable ObjectNode before) {
        ObjectNode spec = Json.child(set, "spec");
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            if (!rolling.has("partition")) {
                rolling.put("partition", 0);
            }
        }
        if (spec.at("/template/spec") instanceof ObjectNode pod) {
            PodRules.prepareSpec(pod);
        }
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            if (claim instanceof ObjectNode template) {
                template.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
                Json.child(template, "status").put("phase", "Pending");
            }
        }
    }

    @Override
    public List<FieldError> check(ObjectNode set, @Nullable ObjectNode before) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode spec = set.path("spec");
        checkSelector(spec, errors);
        checkRetention(spec, errors);
        if (before != null && !fixed(spec).equals(fixed(before.path("spec")))) {
            errors.add(FieldError.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden"));
        }
        return errors;
    }

    private static void checkSelector(JsonNode spec, List<FieldError> errors) {
        JsonNode labels = spec.at("/template/metadata/labels");
        spec.at("/selector/matchLabels").properties().forEach(e -> {
            if (!e.getValue().equals(labels.path(e.getKey()))) {
                errors.add(FieldError.invalid(
                        "spec.template.metadata.labels", labels, "`selector` does not match template `labels`"));
            }
        });
    }

    private static void checkRetention(JsonNode spec, List<FieldError> errors) {
        String field = "persistentVolumeClaimRetentionPolicy";
        spec.path(field).properties().forEach(e -> {
            if (!e.getValue().asText().equals("Retain")) {
                errors.add(FieldError.forbidden(
                        "spec." + field + "." + e.getKey(), "the local stand-in keeps every claim: say Retain"));
            }
        });
    }

    private static JsonNode fixed(JsonNode spec) {
        return spec instanceof ObjectNode object ? object.deepCopy().remove(CHANGEABLE) : spec;
    }
}
