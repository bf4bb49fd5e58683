package dev.kvorum.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kvorum.local.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of the built-in kinds. */
final class BuiltinColumns {

    private static final List<Column> NAME_AND_AGE = List.of(Column.NAME, Column.AGE);

    private static final Map<String, List<Column>> BY_RESOURCE = Map.ofEntries(
            Map.entry("pods", PodColumns.ALL),
            Map.entry(
                    "statefulsets.apps",
                    List.of(
                            Column.NAME,
                            Column.text(
                                    "Ready",
                                    set -> set.at("/status/readyReplicas").asInt() + "/"
                                            + set.at("/spec/replicas").asInt()),
                            Column.AGE,
                            Column.text("Containers", set -> containers(set, "name"))
                                    .wide(),
                            Column.text("Images", set -> containers(set, "image"))
                                    .wide())),
            Map.entry(
                    "services",
                    List.of(
                            Column.NAME,
                            Column.at("Type", "spec", "type"),
                            Column.at("Cluster-IP", "spec", "clusterIP"),
                            Column.text("External-IP", service -> "<none>"),
                            Column.text("Port(s)", BuiltinColumns::ports),
                            Column.AGE,
                            Column.text("Selector", service -> Column.orNone(pairs(service.at("/spec/selector"))))
                                    .wide())),
            Map.entry(
                    "persistentvolumeclaims",
                    List.of(
                            Column.NAME,
                            Column.at("Status", "status", "phase"),
                            Column.text("Volume", claim -> Json.text(claim, "spec", "volumeName")),
                            Column.text("Capacity", claim -> Json.text(claim, "status", "capacity", "storage")),
                            Column.text("Access Modes", claim -> modes(claim.at("/status/accessModes"))),
                            Column.text("StorageClass", claim -> Json.text(claim, "spec", "storageClassName")),
                            Column.text("VolumeAttributesClass", claim -> "<unset>"),
                            Column.AGE,
                            Column.at("VolumeMode", "spec", "volumeMode").wide())),
            Map.entry(
                    "persistentvolumes",
                    List.of(
                            Column.NAME,
                            Column.at("Capacity", "spec", "capacity", "storage"),
                            Column.text("Access Modes", volume -> modes(volume.at("/spec/accessModes"))),
                            Column.at("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
                            Column.at("Status", "status", "phase"),
                            Column.text("Claim", BuiltinColumns::claim),
                            Column.text("StorageClass", volume -> Json.text(volume, "spec", "storageClassName")),
                            Column.AGE)),
            Map.entry("events", events()),
            Map.entry(
                    "nodes",
                    List.of(
                            Column.NAME,
                            Column.text("Status", BuiltinColumns::nodeStatus),
                            Column.text("Roles", node -> "<none>"),
                            Column.AGE,
                            Column.at("Version", "status", "nodeInfo", "kubeletVersion"),
                            Column.text("Internal-IP", node -> Json.text(node.at("/status/addresses/0"), "address"))
                                    .wide(),
                            Column.text("External-IP", node -> "<none>").wide(),
                            Column.at("OS-Image", "status", "nodeInfo", "osImage")
                                    .wide(),
                            Column.at("Kernel-Version", "status", "nodeInfo", "kernelVersion")
                                    .wide(),
                            Column.at("Container-Runtime", "status", "nodeInfo", "containerRuntimeVersion")
                                    .wide())),
            Map.entry("configmaps", List.of(Column.NAME, Column.count("Data", BuiltinColumns::entries), Column.AGE)),
            Map.entry(
                    "secrets",
                    List.of(
                            Column.NAME,
                            Column.at("Type", "type"),
                            Column.count("Data", BuiltinColumns::entries),
                            Column.AGE)),
            Map.entry("namespaces", List.of(Column.NAME, Column.at("Status", "status", "phase"), Column.AGE)),
            Map.entry(
                    "poddisruptionbudgets.policy",
                    List.of(
                            Column.NAME,
                            Column.text("Min Available", budget -> orNotApplicable(budget, "minAvailable")),
                            Column.text("Max Unavailable", budget -> orNotApplicable(budget, "maxUnavailable")),
                            Column.count(
                                    "Allowed Disruptions",
                                    budget -> budget.at("/status/disruptionsAllowed")
                                            .asInt()),
                            Column.AGE)),
            Map.entry(
                    "serviceaccounts",
                    List.of(
                            Column.NAME,
                            Column.count(
                                    "Secrets",
                                    account -> account.path("secrets").size()),
                            Column.AGE)),
            Map.entry(
                    "endpointslices.discovery.k8s.io",
                    List.of(
                            Column.NAME,
                            Column.at("AddressType", "addressType"),
                            Column.text("Ports", slice -> Column.orNone(each(slice.path("ports"), "port"))),
                            Column.text("Endpoints", slice -> Column.orNone(addresses(slice))),
                            Column.AGE)),
            Map.entry(
                    "leases.coordination.k8s.io",
                    List.of(Column.NAME, Column.at("Holder", "spec", "holderIdentity"), Column.AGE)),
            Map.entry(
                    "networkpolicies.networking.k8s.io",
                    List.of(
                            Column.NAME,
                            Column.text(
                                    "Pod-Selector",
                                    policy -> Column.orNone(pairs(policy.at("/spec/podSelector/matchLabels")))),
                            Column.AGE)),
            Map.entry(
                    "storageclasses.storage.k8s.io",
                    List.of(
                            Column.NAME,
                            Column.at("Provisioner", "provisioner"),
                            Column.at("ReclaimPolicy", "reclaimPolicy"),
                            Column.at("VolumeBindingMode", "volumeBindingMode"),
                            Column.text(
                                    "AllowVolumeExpansion",
                                    type -> type.path("allowVolumeExpansion").asText("false")),
                            Column.AGE)),
            Map.entry(
                    "customresourcedefinitions.apiextensions.k8s.io",
                    List.of(Column.NAME, Column.at("Created At", "metadata", "creationTimestamp"))),
            Map.entry("rolebindings.rbac.authorization.k8s.io", List.of(Column.NAME, role(), Column.AGE)),
            Map.entry("clusterrolebindings.rbac.authorization.k8s.io", List.of(Column.NAME, role(), Column.AGE)));

    private BuiltinColumns() {}

    static List<Column> of(String resource) {
        return BY_RESOURCE.getOrDefault(resource, NAME_AND_AGE);
    }

    private static List<Column> events() {
        return List.of(
                new Column(
                        "Last Seen",
                        "string",
                        "",
                        0,
                        (event, now) -> TextNode.valueOf(Age.since(lastSeen(event), now))),
                Column.text("Type", event -> Json.text(event, "type")),
                Column.text("Reason", event -> Json.text(event, "reason")),
                Column.text("Object", BuiltinColumns::regarding),
                Column.text("Subobject", event -> Json.text(event, "involvedObject", "fieldPath"))
                        .wide(),
                Column.text("Source", BuiltinColumns::source).wide(),
                Column.text("Message", event -> Json.text(event, "message").strip()),
                Column.text("Count", event -> event.path("count").asText("1")).wide(),
                new Column(
                        "Name",
                        "string",
                        "name",
                        1,
                        (event, now) -> event.path("metadata").path("name")));
    }

    private static String regarding(JsonNode event) {
        JsonNode object = event.path("involvedObject");
        return Json.text(object, "kind").toLowerCase(Locale.ROOT) + "/" + Json.text(object, "name");
    }

    private static String lastSeen(JsonNode event) {
        for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
            if (!Json.text(event, field).isEmpty()) {
                return Json.text(event, field);
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }

    private static String source(JsonNode event) {
        String component = Json.text(event, "source", "component");
        return component.isEmpty() ? Json.text(event, "reportingComponent") : component;
    }

    private static Column role() {
        return Column.text(
                "Role", binding -> Json.text(binding, "roleRef", "kind") + "/" + Json.text(binding, "roleRef", "name"));
    }

    private static int entries(JsonNode object) {
        return object.path("data").size() + object.path("binaryData").size();
    }

    private static String containers(JsonNode set, String field) {
        return each(set.at("/spec/template/spec/containers"), field);
    }

    private static String each(JsonNode list, String field) {
        return joined(list, item -> Json.text(item, field));
    }

    private static String joined(JsonNode list, Function<JsonNode, String> text) {
        return Json.items(list).stream().map(text).collect(Collectors.joining(","));
    }

    private static String ports(JsonNode service) {
        return Column.orNone(
                joined(service.at("/spec/ports"), port -> Json.text(port, "port") + "/" + Json.text(port, "protocol")));
    }

    private static String pairs(JsonNode map) {
        return Json.strings(map).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }

    private static String modes(JsonNode modes) {
        Map<String, String> shortForms = Map.of(
                "ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");
        return joined(modes, mode -> shortForms.getOrDefault(mode.asText(), mode.asText()));
    }

    private static String claim(JsonNode volume) {
        JsonNode claim = volume.at("/spec/claimRef");
        return claim.isMissingNode() ? "" : Json.text(claim, "namespace") + "/" + Json.text(claim, "name");
    }

    private static String addresses(JsonNode slice) {
        List<String> all = new ArrayList<>();
        slice.path("endpoints").forEach(endpoint -> endpoint.path("addresses").forEach(a -> all.add(a.asText())));
        return all.size() <= 3
                ? String.join(",", all)
                : String.join(",", all.subList(0, 3)) + " + " + (all.size() - 3) + " more...";
    }

    private static String nodeStatus(JsonNode node) {
        boolean ready = Json.items(node, "status", "conditions").stream()
                .anyMatch(condition -> Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"));
        String cordoned = node.at("/spec/unschedulable").asBoolean() ? ",SchedulingDisabled" : "";
        return (ready ? "Ready" : "NotReady") + cordoned;
    }

    private static String orNotApplicable(JsonNode budget, String field) {
        String value = Json.text(budget, "spec", field);
        return value.isEmpty() ? "N/A" : value;
    }
}
