package dev.kvorum.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.json.JsonPath;
import dev.kvorum.local.resources.Features.PrinterColumn;
import dev.kvorum.local.resources.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders objects as {@code meta.k8s.io/v1} tables. Stateless. */
public final class Tables {

    /** What each row carries of its object besides the cells: the values of {@code includeObject}. */
    public enum Included {
        NONE,
        METADATA,
        OBJECT
    }

    private Tables() {}

    /** A table of objects of one type. */
    public static ObjectNode render(
            ResourceType type,
            List<? extends JsonNode> objects,
            String resourceVersion,
            Included included,
            Instant now) {
        List<Column> columns = columnsOf(type);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", resourceVersion);
        define(columns, table.putArray("columnDefinitions"));
        ArrayNode rows = table.putArray("rows");
        for (JsonNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().of(object, now)));
            switch (included) {
                case NONE -> {}
                case METADATA -> row.set("object", metadataOf(object));
                case OBJECT -> row.set("object", object);
            }
        }
        return table;
    }

    private static void define(List<Column> columns, ArrayNode definitions) {
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", "")
                    .put("priority", column.priority());
        }
    }

    /** The object as {@code PartialObjectMetadata}. */
    public static ObjectNode metadataOf(JsonNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static List<Column> columnsOf(ResourceType type) {
        if (!type.isCustom()) {
            return BuiltinColumns.of(type.qualifiedName());
        }
        List<Column> columns = new ArrayList<>(List.of(Column.NAME));
        for (PrinterColumn column : type.features().columns()) {
            columns.add(new Column(
                    column.name(),
                    column.type(),
                    column.format(),
                    column.priority(),
                    (object, now) -> cell(column, object, now)));
        }
        return columns;
    }

    private static JsonNode cell(PrinterColumn column, JsonNode object, Instant now) {
        List<JsonNode> found = JsonPath.find(object, column.jsonPath());
        if (found.isEmpty()) {
            return NullNode.getInstance();
        }
        return switch (column.type()) {
            case "date" -> TextNode.valueOf(Age.since(found.getFirst().asText(), now));
            case "string" ->
                TextNode.valueOf(found.stream()
                        .map(node -> node.isContainerNode() ? node.toString() : node.asText())
                        .collect(Collectors.joining(" ")));
            default -> found.getFirst();
        };
    }
}
