package dev.kvorum.server.web;

import dev.kvorum.server.json.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes whole answers. */
public final class Answers {

    private static final String JSON = "application/json";

    private Answers() {}

    public static void json(HttpServerRequest request, byte[] document) {
        send(request, 200, JSON, document);
    }

    public static void problem(HttpServerRequest request, Problem problem) {
        if (problem.retryAfterMs() > 0) {
            request.response()
                    .putHeader(HttpHeaders.RETRY_AFTER, Integer.toString((problem.retryAfterMs() + 999) / 1_000));
        }
        send(request, problem.status(), Problem.CONTENT_TYPE, problem.toBytes());
    }

    /** Sends a body, or to HEAD only its length. */
    public static void send(HttpServerRequest request, int status, CharSequence contentType, byte[] body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    public static void empty(HttpServerRequest request, int status) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).end();
        }
    }
}
