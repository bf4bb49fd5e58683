package dev.kvorum.local.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.WriteOptions;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.objects.WriteOptions.Effect;
import dev.kvorum.local.objects.WriteOptions.Unknown;
import dev.kvorum.local.ownership.Writer.Operation;
import dev.kvorum.local.wire.Protobuf;
import dev.kvorum.local.wire.UnreadableException;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, read whole.
 *
 * @param method the HTTP method
 * @param path the steps of the path
 * @param query the parameters; the last wins
 * @param headers as sent
 * @param body the text, empty when there is none; of a protobuf body one character for each byte
 */
record Request(String method, List<String> path, Map<String, String> query, Headers headers, String body) {

    private static final int MOST_BYTES = 3 << 20;

    static Request read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw ApiProblem.of(413, "RequestEntityTooLarge", "the body is larger than " + MOST_BYTES + " bytes");
        }
        List<String> path = List.of(
                exchange.getRequestURI().getPath().replaceAll("^/+|/+$", "").split("/+", -1));
        return new Request(
                exchange.getRequestMethod(),
                path,
                parse(exchange.getRequestURI().getRawQuery()),
                exchange.getRequestHeaders(),
                new String(body, isProtobuf(exchange.getRequestHeaders()) ? ISO_8859_1 : UTF_8));
    }

    private static Map<String, String> parse(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean has(String flag) {
        String value = parameter(flag);
        return value.equals("true") || value.equals("1");
    }

    String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    /** Whether this is a server-side apply. */
    boolean isApply() {
        return method.equals("PATCH") && header("Content-Type").startsWith("application/apply-patch+yaml");
    }

    /** The program that asks, as it calls itself, without its version. */
    String agent() {
        return header("User-Agent").split("[/ ]", 2)[0];
    }

    String pathText() {
        return "/" + String.join("/", path);
    }

    JsonNode bodyNode() {
        if (header("Content-Type").contains("cbor")) {
            throw unreadable("CBOR");
        }
        try {
            return isProtobuf(headers) ? Protobuf.read(body.getBytes(ISO_8859_1)) : Json.parse(body.getBytes(UTF_8));
        } catch (JsonProcessingException e) {
            throw ApiProblem.badRequest("the body is neither JSON nor YAML: " + e.getOriginalMessage());
        } catch (UnreadableException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isProtobuf(Headers headers) {
        return String.valueOf(headers.getFirst("Content-Type")).contains("protobuf");
    }

    private static ApiProblem unreadable(String what) {
        return ApiProblem.of(
                415,
                "UnsupportedMediaType",
                "the local stand-in does not read " + what + ": send JSON, with kubectl by apply -f");
    }

    ObjectNode bodyObject() {
        if (bodyNode() instanceof ObjectNode object) {
            return object;
        }
        throw ApiProblem.badRequest("the body is not an object");
    }

    /** How a write through a door is meant, from the parameters. */
    WriteOptions writeOptions(Door door) {
        String manager = parameter("fieldManager");
        return new WriteOptions(
                manager.isEmpty() ? (agent().isEmpty() ? "unknown" : agent()) : manager,
                Operation.UPDATE,
                door,
                unknownFields(),
                parameter("dryRun").isEmpty() ? Effect.STORED : Effect.DRY_RUN);
    }

    private Unknown unknownFields() {
        return switch (parameter("fieldValidation")) {
            case "Strict" -> Unknown.STRICT;
            case "Ignore" -> Unknown.IGNORE;
            case "", "Warn" -> Unknown.WARN;
            default ->
                throw ApiProblem.badRequest(
                        "fieldValidation: " + parameter("fieldValidation") + " is none of Ignore, Warn, Strict");
        };
    }
}
