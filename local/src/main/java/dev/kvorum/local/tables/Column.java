package dev.kvorum.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kvorum.local.json.Json;
import java.time.Instant;
import java.util.function.Function;

/**
 * One column.
 *
 * @param name the heading, printed in capitals
 * @param type string, integer, …
 * @param format "name" for the one that names the object
 * @param priority above 0 only with {@code -o wide}
 * @param cell the value for an object, at a time
 */
record Column(String name, String type, String format, int priority, Cell cell) {

    /** Computes a cell. */
    @FunctionalInterface
    interface Cell {
        JsonNode of(JsonNode object, Instant now);
    }

    static final Column NAME = new Column(
            "Name",
            "string",
            "name",
            0,
            (object, now) -> object.path("metadata").path("name"));

    static final Column AGE = new Column(
            "Age",
            "string",
            "",
            0,
            (object, now) -> TextNode.valueOf(Age.since(Json.text(object, "metadata", "creationTimestamp"), now)));

    static Column text(String name, Function<JsonNode, String> value) {
        return new Column(name, "string", "", 0, (object, now) -> TextNode.valueOf(value.apply(object)));
    }

    static Column count(String name, Function<JsonNode, Integer> value) {
        return new Column(name, "integer", "", 0, (object, now) -> IntNode.valueOf(value.apply(object)));
    }

    /** A column with the text at a path, or {@code <none>}. */
    static Column at(String name, String... path) {
        return text(name, object -> orNone(Json.text(object, path)));
    }

    Column wide() {
        return new Column(name, type, format, 1, cell);
    }

    static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }
}
