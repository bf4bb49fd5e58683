package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.resources.GroupVersion;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.schema.BuiltinSchemas;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * The OpenAPI v3 documents that {@code kubectl explain} reads, and by which {@code kubectl apply} learns that the
 * server validates fields itself. There is no OpenAPI v2: clients since Kubernetes 1.24 do without.
 */
final class OpenApi {

    private static final String REFERENCE = "#/components/schemas/";

    private final ResourceTypes types;

    OpenApi(ResourceTypes types) {
        this.types = types;
    }

    ObjectNode document(List<String> path) {
        if (path.size() == 2 && path.get(1).equals("v3")) {
            return index();
        }
        for (GroupVersion version : types.groupVersions()) {
            if (String.join("/", path).equals("openapi/v3/" + version.path())) {
                return documentOf(version);
            }
        }
        throw ApiProblem.noSuchPath("/" + String.join("/", path));
    }

    private ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (GroupVersion version : types.groupVersions()) {
            // The hash makes clients ask again when a definition has changed.
            String hash = Integer.toHexString(types.in(version).hashCode());
            paths.putObject(version.path()).put("serverRelativeURL", "/openapi/v3/" + version.path() + "?hash=" + hash);
        }
        return index;
    }

    private ObjectNode documentOf(GroupVersion version) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = Json.child(document, "components", "schemas");
        types.schemas().definitions().forEach((name, form) -> schemas.set(name, form.deepCopy()));
        for (ResourceType type : types.in(version)) {
            String name = define(type, schemas);
            addPaths(type, name, paths);
        }
        return document;
    }

    private String define(ResourceType type, ObjectNode schemas) {
        String name = nameOf(type, schemas);
        ObjectNode form = type.schema().node().deepCopy();
        form.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
        ObjectNode properties = Json.child(form, "properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        properties
                .putObject("metadata")
                .put("description", "Standard object's metadata.")
                .putArray("allOf")
                .addObject()
                .put("$ref", REFERENCE + BuiltinSchemas.nameOf(ObjectMeta.class));
        schemas.set(name, form);
        return name;
    }

    /** The definition of a built-in kind is already there, under the name of its class. */
    private static String nameOf(ResourceType type, ObjectNode schemas) {
        for (var e : schemas.properties()) {
            if (e.getValue().equals(type.schema().node())) {
                return e.getKey();
            }
        }
        return type.group() + "." + type.groupVersion().version() + "." + type.kind();
    }

    private static void addPaths(ResourceType type, String schema, ObjectNode paths) {
        String all = "/" + type.groupVersion().path() + "/" + (type.isNamespaced() ? "namespaces/{namespace}/" : "")
                + type.plural();
        ObjectNode collection = paths.putObject(all);
        operation(type, schema, collection, "get", "list");
        operation(type, schema, collection, "post", "post");
        ObjectNode item = paths.putObject(all + "/{name}");
        operation(type, schema, item, "get", "get");
        operation(type, schema, item, "put", "put");
        operation(type, schema, item, "patch", "patch");
        operation(type, schema, item, "delete", "delete");
    }

    private static void operation(ResourceType type, String schema, ObjectNode path, String method, String action) {
        ObjectNode operation = path.putObject(method);
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
        if (List.of("post", "put", "patch").contains(method)) {
            for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("name", name)
                        .put("in", "query")
                        .putObject("schema")
                        .put("type", "string");
            }
        }
        Json.child(operation, "responses", "200", "content", "application/json", "schema")
                .put("$ref", REFERENCE + schema);
        Json.child(operation, "responses", "200").put("description", "OK");
    }

    private static ObjectNode groupVersionKind(ResourceType type) {
        return Json.object()
                .put("group", type.group())
                .put("version", type.groupVersion().version())
                .put("kind", type.kind());
    }
}
