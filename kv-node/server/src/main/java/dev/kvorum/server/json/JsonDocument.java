package dev.kvorum.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that came from outside. Every refusal is an {@link InvalidJson} that says where. */
public final class JsonDocument {

    private static final int NESTING_MOST = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MOST)
                    .build())
            .build();

    private JsonDocument() {}

    /** Checks that the bytes are one JSON value and nothing else. */
    public static void check(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            end(parser);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /**
     * The fields of an object, each value as the very bytes that were sent, so that a number of any length survives.
     */
    public static Map<String, byte[]> slices(byte[] json) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidJson(first == null ? "the body is empty" : "the body is no JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                fields.put(name, Arrays.copyOfRange(json, start, end));
            }
            end(parser);
        } catch (IOException e) {
            throw refused(e);
        }
        return fields;
    }

    /** The text of a value that is a JSON string, or null when it is something else. */
    public static @Nullable String text(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /**
     * The whole document as maps, lists, strings, numbers ({@link Long}, or {@link Double} with a fraction), booleans
     * and nulls.
     */
    public static @Nullable Object tree(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Object tree = value(parser);
            end(parser);
            return tree;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return scalar(parser, token);
    }

    private static @Nullable Object scalar(JsonParser parser, @Nullable JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new InvalidJson("the body is empty");
        };
    }

    private static void end(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            throw new InvalidJson("the body is empty");
        }
        if (parser.nextToken() != null) {
            throw new InvalidJson("the body goes on after the end of its JSON value");
        }
    }

    private static InvalidJson refused(IOException e) {
        if (e instanceof JsonProcessingException json) {
            JsonLocation at = json.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new InvalidJson("the body is no JSON" + where + ": " + json.getOriginalMessage());
        }
        return new InvalidJson("the body is no JSON: " + e.getMessage());
    }
}
