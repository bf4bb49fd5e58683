package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes back to a client. */
sealed interface Reply {

    /** A document. */
    record Document(int code, JsonNode body, List<String> warnings) implements Reply {}

    /** Plain text. */
    record Text(int code, String body) implements Reply {}

    /** A stream that goes on until the client leaves or the writer is done. */
    record Stream(String contentType, Writing writing) implements Reply {}

    /** Writes a stream; flushes whenever the client should see something. */
    @FunctionalInterface
    interface Writing {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    static Reply ok(JsonNode body) {
        return new Document(200, body, List.of());
    }

    static Reply problem(ApiProblem problem) {
        return new Document(problem.code(), problem.toStatus(), List.of());
    }

    default void sendTo(HttpExchange exchange) throws IOException, InterruptedException {
        switch (this) {
            case Document(int code, JsonNode body, List<String> warnings) -> {
                for (String warning : warnings) {
                    exchange.getResponseHeaders().add("Warning", "299 - \"" + warning.replace("\"", "\\\"") + "\"");
                }
                send(exchange, code, "application/json", Json.bytes(body));
            }
            case Text(int code, String body) ->
                send(exchange, code, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
            case Stream(String contentType, Writing writing) -> {
                exchange.getResponseHeaders().set("Content-Type", contentType);
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.flush();
                    writing.writeTo(out);
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int code, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
