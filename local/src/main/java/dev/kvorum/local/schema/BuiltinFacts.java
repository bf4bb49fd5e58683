package dev.kvorum.local.schema;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the model classes do not say about built-in kinds. Source: the OpenAPI document and the defaulting of Kubernetes
 * 1.34, for the kinds that the stand-in serves.
 */
final class BuiltinFacts {

    /** Lists that merge by key, as "Class.field" to the keys; the first is the strategic merge key. */
    private static final Map<String, List<String>> MAP_LISTS = Map.ofEntries(
            entry("Container.env", List.of("name")),
            entry("Container.ports", List.of("containerPort", "protocol")),
            entry("Container.volumeDevices", List.of("devicePath")),
            entry("Container.volumeMounts", List.of("mountPath")),
            entry("EndpointSlice.conditions", List.of("type")),
            entry("NamespaceStatus.conditions", List.of("type")),
            entry("NodeStatus.addresses", List.of("type")),
            entry("NodeStatus.conditions", List.of("type")),
            entry("ObjectMeta.ownerReferences", List.of("uid")),
            entry("PersistentVolumeClaimStatus.conditions", List.of("type")),
            entry("PodDisruptionBudgetStatus.conditions", List.of("type")),
            entry("PodSpec.containers", List.of("name")),
            entry("PodSpec.ephemeralContainers", List.of("name")),
            entry("PodSpec.hostAliases", List.of("ip")),
            entry("PodSpec.imagePullSecrets", List.of("name")),
            entry("PodSpec.initContainers", List.of("name")),
            entry("PodSpec.schedulingGates", List.of("name")),
            entry("PodSpec.topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            entry("PodSpec.volumes", List.of("name")),
            entry("PodStatus.conditions", List.of("type")),
            entry("PodStatus.podIPs", List.of("ip")),
            entry("ResourceRequirements.claims", List.of("name")),
            entry("ServiceAccount.secrets", List.of("name")),
            entry("ServiceSpec.ports", List.of("port", "protocol")),
            entry("ServiceStatus.conditions", List.of("type")),
            entry("StatefulSetStatus.conditions", List.of("type")),
            entry("CustomResourceDefinitionStatus.conditions", List.of("type")));

    private static final List<String> SET_LISTS = List.of("ObjectMeta.finalizers", "NodeSpec.podCIDRs");

    private static final List<String> ATOMIC_MAPS =
            List.of("PodSpec.nodeSelector", "ServiceSpec.selector", "LabelSelector", "ObjectFieldSelector");

    /** Values that a field takes when its parent is given and it is not. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry("ConfigMapVolumeSource.defaultMode", "420"),
            entry("Container.resources", "{}"),
            entry("Container.terminationMessagePath", "\"/dev/termination-log\""),
            entry("Container.terminationMessagePolicy", "\"File\""),
            entry("ContainerPort.protocol", "\"TCP\""),
            entry("HTTPGetAction.scheme", "\"HTTP\""),
            entry("ObjectFieldSelector.apiVersion", "\"v1\""),
            entry("PersistentVolumeClaimSpec.volumeMode", "\"Filesystem\""),
            entry("PersistentVolumeClaimStatus.phase", "\"Pending\""),
            entry("PodSpec.dnsPolicy", "\"ClusterFirst\""),
            entry("PodSpec.restartPolicy", "\"Always\""),
            entry("PodSpec.schedulerName", "\"default-scheduler\""),
            entry("PodSpec.securityContext", "{}"),
            entry("PodSpec.terminationGracePeriodSeconds", "30"),
            entry("Probe.failureThreshold", "3"),
            entry("Probe.periodSeconds", "10"),
            entry("Probe.successThreshold", "1"),
            entry("Probe.timeoutSeconds", "1"),
            entry("Secret.type", "\"Opaque\""),
            entry("SecretVolumeSource.defaultMode", "420"),
            entry("ServicePort.protocol", "\"TCP\""),
            entry("ServiceSpec.internalTrafficPolicy", "\"Cluster\""),
            entry("ServiceSpec.ipFamilyPolicy", "\"SingleStack\""),
            entry("ServiceSpec.sessionAffinity", "\"None\""),
            entry("ServiceSpec.type", "\"ClusterIP\""),
            entry("StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted", "\"Retain\""),
            entry("StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled", "\"Retain\""),
            entry("StatefulSetSpec.persistentVolumeClaimRetentionPolicy", "{}"),
            entry("StatefulSetSpec.podManagementPolicy", "\"OrderedReady\""),
            entry("StatefulSetSpec.replicas", "1"),
            entry("StatefulSetSpec.revisionHistoryLimit", "10"),
            entry("StatefulSetSpec.updateStrategy", "{}"),
            entry("StatefulSetUpdateStrategy.type", "\"RollingUpdate\""));

    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            entry("Container", List.of("name", "image")),
            entry("ContainerPort", List.of("containerPort")),
            entry("EnvVar", List.of("name")),
            entry("HTTPGetAction", List.of("port")),
            entry("NetworkPolicySpec", List.of("podSelector")),
            entry("OwnerReference", List.of("apiVersion", "kind", "name", "uid")),
            entry("PersistentVolumeClaimSpec", List.of("accessModes", "resources")),
            entry("Pod", List.of("spec")),
            entry("PodSpec", List.of("containers")),
            entry("RoleRef", List.of("apiGroup", "kind", "name")),
            entry("ServicePort", List.of("port")),
            entry("StatefulSet", List.of("spec")),
            entry("StatefulSetSpec", List.of("selector", "template")),
            entry("StorageClass", List.of("provisioner")),
            entry("Volume", List.of("name")),
            entry("VolumeMount", List.of("name", "mountPath")));

    private static final Map<String, String> TEXT_FORMS = Map.of("Secret.data", "byte");

    private BuiltinFacts() {}

    /** Adds to the form of a field what is known of it. */
    static void describe(Class<?> model, String field, ObjectNode property) {
        String place = model.getSimpleName() + "." + field;
        List<String> keys = MAP_LISTS.get(place);
        if (keys != null) {
            property.put("x-kubernetes-list-type", "map");
            keys.forEach(property.putArray("x-kubernetes-list-map-keys")::add);
            property.put("x-kubernetes-patch-merge-key", keys.getFirst());
            property.put("x-kubernetes-patch-strategy", "merge");
        } else if (SET_LISTS.contains(place)) {
            property.put("x-kubernetes-list-type", "set").put("x-kubernetes-patch-strategy", "merge");
        }
        if (ATOMIC_MAPS.contains(place)) {
            property.put("x-kubernetes-map-type", "atomic");
        }
        String value = DEFAULTS.get(place);
        if (value != null) {
            inline(property).set("default", literal(value));
        }
        String format = TEXT_FORMS.get(place);
        if (format != null) {
            ((ObjectNode) property.path("additionalProperties")).put("format", format);
        }
    }

    /** Adds to the form of a class what its fields cannot say. */
    static void require(Class<?> model, ObjectNode form) {
        List<String> required = REQUIRED.get(model.getSimpleName());
        if (required != null) {
            required.forEach(form.putArray("required")::add);
        }
        if (ATOMIC_MAPS.contains(model.getSimpleName())) {
            form.put("x-kubernetes-map-type", "atomic");
        }
    }

    /** A reference may have no siblings in OpenAPI 3.0: it moves into an {@code allOf} beside the default. */
    private static ObjectNode inline(ObjectNode property) {
        JsonNode reference = property.remove("$ref");
        if (reference != null) {
            property.putArray("allOf").addObject().set("$ref", reference);
        }
        return property;
    }

    private static JsonNode literal(String json) {
        try {
            return Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
