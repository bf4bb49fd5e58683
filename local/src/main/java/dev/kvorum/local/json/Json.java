package dev.kvorum.local.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads, writes and walks JSON trees; every method is safe on absent parts, which read as missing. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final YAMLMapper YAML = new YAMLMapper();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Parses JSON, or YAML when the text does not start like JSON. */
    public static JsonNode parse(byte[] text) throws JsonProcessingException {
        try {
            JsonNode parsed = looksLikeJson(text) ? MAPPER.readTree(text) : YAML.readTree(text);
            return parsed == null ? JsonNodeFactory.instance.missingNode() : parsed;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses text known to be an object: a file of this program's own, a literal in a test. */
    public static ObjectNode parseObject(String text) {
        try {
            if (parse(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON object: " + text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Each non-empty document of a YAML stream. */
    public static List<ObjectNode> parseDocuments(String yaml) {
        List<ObjectNode> documents = new ArrayList<>();
        try (var parser = YAML.createParser(yaml)) {
            MAPPER.readValues(parser, JsonNode.class).forEachRemaining(node -> {
                if (node instanceof ObjectNode object) {
                    documents.add(object);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    /** A line of a stream, in ASCII: to some clients each byte more than there are characters ends up as a NUL. */
    public static byte[] line(JsonNode node) {
        try {
            return (ASCII.writeValueAsString(node) + "\n").getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A deep copy with the number types that parsing gives, whatever code built the tree. */
    public static ObjectNode normalised(ObjectNode node) {
        return parseObject(new String(bytes(node), StandardCharsets.UTF_8));
    }

    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    public static JsonNode at(JsonNode node, String... path) {
        JsonNode here = node;
        for (String name : path) {
            here = here.path(name);
        }
        return here;
    }

    /** The text at a path, or "" when there is none. */
    public static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    public static @Nullable String textOrNull(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isMissingNode() || found.isNull() ? null : found.asText();
    }

    /** The object at a path, made where it is missing. */
    public static ObjectNode child(ObjectNode node, String... path) {
        ObjectNode here = node;
        for (String name : path) {
            here = here.get(name) instanceof ObjectNode there ? there : here.putObject(name);
        }
        return here;
    }

    /** The elements of an array, or nothing. */
    public static List<JsonNode> items(JsonNode node, String... path) {
        List<JsonNode> items = new ArrayList<>();
        at(node, path).forEach(items::add);
        return items;
    }

    /** An object of strings as a sorted map. */
    public static SortedMap<String, String> strings(JsonNode node, String... path) {
        SortedMap<String, String> strings = new TreeMap<>();
        at(node, path)
                .properties()
                .forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }

    private static boolean looksLikeJson(byte[] text) {
        for (byte b : text) {
            if (!Character.isWhitespace(b)) {
                return b == '{' || b == '[' || b == '"';
            }
        }
        return true;
    }
}
