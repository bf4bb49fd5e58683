package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.tables.Tables;
import dev.kvorum.local.tables.Tables.Included;
import java.time.Instant;
import java.util.List;

/** In which form a client wants objects, from its Accept header. */
record View(Form form, Included included) {

    private enum Form {
        PLAIN,
        TABLE,
        METADATA
    }

    static View of(Request request) {
        String accept = request.header("Accept");
        Form form = accept.contains("as=Table")
                ? Form.TABLE
                : accept.contains("as=PartialObjectMetadata") ? Form.METADATA : Form.PLAIN;
        Included included = switch (request.parameter("includeObject")) {
            case "None" -> Included.NONE;
            case "Object" -> Included.OBJECT;
            default -> Included.METADATA;
        };
        return new View(form, included);
    }

    JsonNode item(ResourceType type, ObjectNode object, Instant now) {
        return switch (form) {
            case PLAIN -> object;
            case METADATA -> Tables.metadataOf(object);
            case TABLE -> Tables.render(type, List.of(object), Meta.resourceVersion(object), included, now);
        };
    }

    JsonNode list(ResourceType type, List<ObjectNode> objects, long revision, Instant now) {
        return switch (form) {
            case PLAIN -> listOf(type.kind() + "List", type.groupVersion().toString(), objects, revision);
            case METADATA ->
                listOf(
                        "PartialObjectMetadataList",
                        "meta.k8s.io/v1",
                        objects.stream().map(Tables::metadataOf).toList(),
                        revision);
            case TABLE -> Tables.render(type, objects, Long.toString(revision), included, now);
        };
    }

    private static ObjectNode listOf(String kind, String apiVersion, List<ObjectNode> objects, long revision) {
        ObjectNode list = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return list;
    }
}
