package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Meta;
import java.util.ArrayList;
import java.util.List;

/** Makes the pods and claims that a StatefulSet describes. */
final class PodTemplate {

    static final String REVISION_LABEL = "controller-revision-hash";

    private PodTemplate() {}

    /** Names the template: the same content has the same name. */
    static String revision(JsonNode set) {
        return Meta.name(set) + "-"
                + Integer.toHexString(set.at("/spec/template").hashCode());
    }

    static ObjectNode pod(ObjectNode set, int ordinal) {
        JsonNode template = set.at("/spec/template");
        ObjectNode pod = Json.object();
        ObjectNode metadata = pod.putObject("metadata")
                .put("name", Ordinals.podName(set, ordinal))
                .put("namespace", Meta.namespace(set));
        ObjectNode labels = metadata.putObject("labels");
        Json.strings(template, "metadata", "labels").forEach(labels::put);
        labels.put(REVISION_LABEL, revision(set))
                .put("statefulset.kubernetes.io/pod-name", Ordinals.podName(set, ordinal))
                .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        ObjectNode annotations = Json.object();
        Json.strings(template, "metadata", "annotations").forEach(annotations::put);
        if (!annotations.isEmpty()) {
            metadata.set("annotations", annotations);
        }
        metadata.putArray("ownerReferences").add(Meta.controllerReference(set));
        ObjectNode spec = template.path("spec").deepCopy();
        spec.put("hostname", Ordinals.podName(set, ordinal)).put("subdomain", Json.text(set, "spec", "serviceName"));
        spec.set("volumes", volumes(set, ordinal));
        pod.set("spec", spec);
        return pod;
    }

    static List<ObjectNode> claims(ObjectNode set, int ordinal) {
        List<ObjectNode> claims = new ArrayList<>();
        for (JsonNode template : set.at("/spec/volumeClaimTemplates")) {
            ObjectNode claim = Json.object();
            ObjectNode metadata = claim.putObject("metadata")
                    .put("name", claimName(set, template, ordinal))
                    .put("namespace", Meta.namespace(set));
            ObjectNode labels = metadata.putObject("labels");
            Json.strings(template, "metadata", "labels").forEach(labels::put);
            Json.strings(set, "spec", "selector", "matchLabels").forEach(labels::put);
            if (template.at("/metadata/annotations") instanceof ObjectNode annotations) {
                metadata.set("annotations", annotations.deepCopy());
            }
            claim.set("spec", template.path("spec").deepCopy());
            claims.add(claim);
        }
        return claims;
    }

    private static ArrayNode volumes(ObjectNode set, int ordinal) {
        ArrayNode volumes = Json.array();
        List<String> claimed = new ArrayList<>();
        for (JsonNode template : set.at("/spec/volumeClaimTemplates")) {
            claimed.add(Meta.name(template));
            volumes.addObject()
                    .put("name", Meta.name(template))
                    .putObject("persistentVolumeClaim")
                    .put("claimName", claimName(set, template, ordinal));
        }
        for (JsonNode volume : set.at("/spec/template/spec/volumes")) {
            if (!claimed.contains(Json.text(volume, "name"))) {
                volumes.add(volume.deepCopy());
            }
        }
        return volumes;
    }

    private static String claimName(JsonNode set, JsonNode template, int ordinal) {
        return Meta.name(template) + "-" + Ordinals.podName(set, ordinal);
    }
}
