package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.resources.GroupVersion;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.resources.ResourceTypes;
import java.util.List;

/** Says which groups, versions and resources there are. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");
    private static final List<GroupVersion> REVIEW_VERSIONS =
            List.of(new GroupVersion("authorization.k8s.io", "v1"), new GroupVersion("authentication.k8s.io", "v1"));

    private final ResourceTypes types;

    Discovery(ResourceTypes types) {
        this.types = types;
    }

    static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0+kvorum.local")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "javac")
                .put("platform", "java/25");
    }

    static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        types.groupVersions().stream()
                .filter(version -> !version.group().isEmpty())
                .forEach(version -> groups.add(groupOf(version)));
        REVIEW_VERSIONS.forEach(version -> groups.add(groupOf(version)));
        return list;
    }

    ObjectNode group(String name) {
        return types.groupVersions().stream()
                .filter(version -> version.group().equals(name))
                .findFirst()
                .map(version -> groupOf(version).put("kind", "APIGroup").put("apiVersion", "v1"))
                .orElseThrow(() -> ApiProblem.noSuchPath("/apis/" + name));
    }

    private static ObjectNode groupOf(GroupVersion version) {
        ObjectNode group = Json.object().put("name", version.group());
        ObjectNode entry = Json.object().put("groupVersion", version.toString()).put("version", version.version());
        group.putArray("versions").add(entry);
        group.set("preferredVersion", entry.deepCopy());
        return group;
    }

    ObjectNode resources(GroupVersion version) {
        List<ResourceType> served = types.in(version);
        if (served.isEmpty() && !REVIEW_VERSIONS.contains(version)) {
            throw ApiProblem.noSuchPath("/" + version.path());
        }
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", version.toString());
        ArrayNode resources = list.putArray("resources");
        served.forEach(type -> describe(type, resources));
        if (version.equals(REVIEW_VERSIONS.getFirst())) {
            addReview(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview");
            addReview(resources, "subjectaccessreviews", "SubjectAccessReview");
            addReview(resources, "selfsubjectrulesreviews", "SelfSubjectRulesReview");
        } else if (version.equals(REVIEW_VERSIONS.getLast())) {
            addReview(resources, "selfsubjectreviews", "SelfSubjectReview");
        }
        return list;
    }

    private static void describe(ResourceType type, ArrayNode resources) {
        ObjectNode resource = add(resources, type, type.plural(), type.kind(), VERBS);
        resource.put("singularName", type.names().singular());
        if (!type.names().shortNames().isEmpty()) {
            type.names().shortNames().forEach(resource.putArray("shortNames")::add);
        }
        if (!type.names().categories().isEmpty()) {
            type.names().categories().forEach(resource.putArray("categories")::add);
        }
        if (type.hasStatus()) {
            add(resources, type, type.plural() + "/status", type.kind(), SUBRESOURCE_VERBS);
        }
        if (type.features().scale() != null) {
            add(resources, type, type.plural() + "/scale", "Scale", SUBRESOURCE_VERBS)
                    .put("group", "autoscaling")
                    .put("version", "v1");
        }
        if (type.qualifiedName().equals("pods")) {
            add(resources, type, "pods/log", "Pod", List.of("get"));
            add(resources, type, "pods/eviction", "Eviction", List.of("create"))
                    .put("group", "policy")
                    .put("version", "v1");
        }
    }

    private static ObjectNode add(
            ArrayNode resources, ResourceType type, String name, String kind, List<String> verbs) {
        ObjectNode resource = resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", type.isNamespaced())
                .put("kind", kind);
        verbs.forEach(resource.putArray("verbs")::add);
        return resource;
    }

    private static void addReview(ArrayNode resources, String name, String kind) {
        resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", false)
                .put("kind", kind)
                .putArray("verbs")
                .add("create");
    }
}
