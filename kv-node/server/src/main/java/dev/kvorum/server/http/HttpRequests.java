package dev.kvorum.server.http;

import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.json.RingJson;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.Percent;
import dev.kvorum.server.web.Query;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Finds out what a request asks for. Data requests come first. */
final class HttpRequests {

    private static final String BUCKETS = "/v1/buckets/";
    private static final String KEYS = "/keys/";
    private static final int STARTING_RETRY_MS = 200;

    private final NodeView node;
    private final KeyRequests data;
    private final PlainApi plain;

    HttpRequests(Requests requests, NodeView node, RequestMeter meter, int timeoutMs) {
        this.node = node;
        this.data = new KeyRequests(requests, meter, timeoutMs);
        this.plain = new PlainApi(requests, meter, timeoutMs);
    }

    /** Answers a request, or throws {@link Refused} before it has begun to. */
    void handle(HttpServerRequest request) {
        String uri = originForm(request.uri());
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Query query = Query.of(question < 0 ? null : uri.substring(question + 1));
        if (!isKey(request, path, query)) {
            other(request, path, query);
        }
    }

    private boolean isKey(HttpServerRequest request, String path, Query query) {
        if (!path.startsWith(BUCKETS)) {
            return false;
        }
        int slash = path.indexOf('/', BUCKETS.length());
        if (slash < 0 || !path.startsWith(KEYS, slash) || path.indexOf('/', slash + KEYS.length()) >= 0) {
            return false;
        }
        HttpMethod method = request.method();
        if (!KeyRequests.METHODS.contains(method)) {
            throw wrongMethod(request, KeyRequests.ALLOWED);
        }
        String bucket = path.substring(BUCKETS.length(), slash);
        byte[] name = Percent.segment(bucket, "the bucket");
        String key = path.substring(slash + KEYS.length());
        data.handle(request, founded(), new String(name, StandardCharsets.UTF_8), key, query);
        return true;
    }

    private void other(HttpServerRequest request, String path, Query query) {
        switch (path) {
            case "/api/v1/getValue", "/api/v1/getValye" -> {
                allow(request, "GET");
                plain.get(request, founded(), query);
            }
            case "/api/v1/put" -> {
                allow(request, "POST");
                plain.put(request, founded(), query);
            }
            case "/v1/buckets" -> document(request, query, HttpRequests::buckets);
            case "/v1/ring" -> document(request, query, founded -> RingJson.ring(founded.ring()));
            default -> throw unknown(path);
        }
    }

    private void document(HttpServerRequest request, Query query, Function<Founded, byte[]> document) {
        allow(request, "GET, HEAD");
        query.end();
        Answers.json(request, document.apply(founded()));
    }

    private static Refused unknown(String path) {
        if (path.equals("/v1/capacity") || path.matches(BUCKETS + "[^/]*/(batch|keys)")) {
            return new Refused(Problem.of(404, "path_unknown", shortened(path) + " is not in this release"));
        }
        return new Refused(Problem.of(
                404,
                "path_unknown",
                "there is nothing at " + shortened(path) + "; a key is at /v1/buckets/{bucket}/keys/{key}, where a "
                        + "slash in the key is written %2F"));
    }

    private static byte[] buckets(Founded founded) {
        JsonText json = new JsonText().beginObject().name("buckets");
        RingJson.buckets(founded.buckets(), json);
        return json.endObject().toBytes();
    }

    private Founded founded() {
        Founded founded = node.founded();
        if (founded == null) {
            String reason = node.standing().reason();
            throw new Refused(new Problem(
                    503,
                    ErrorCode.STARTING.word(),
                    reason == null ? "this node is not part of a cluster yet" : "this node " + reason,
                    Outcome.NOT_APPLIED,
                    STARTING_RETRY_MS));
        }
        return founded;
    }

    private static void allow(HttpServerRequest request, String allowed) {
        boolean head = request.method().equals(HttpMethod.HEAD) && allowed.contains("HEAD");
        if (!head && !allowed.startsWith(request.method().name())) {
            throw wrongMethod(request, allowed);
        }
    }

    private static Refused wrongMethod(HttpServerRequest request, String allowed) {
        request.response().putHeader("Allow", allowed);
        return new Refused(
                Problem.of(405, "method_not_allowed", request.method() + " is not possible here; use " + allowed));
    }

    /** A proxy may send the whole URI; only path and query matter. */
    private static String originForm(String uri) {
        int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (scheme < 0) {
            return uri;
        }
        int path = uri.indexOf('/', scheme + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    private static String shortened(String path) {
        return path.length() <= 200 ? path : path.substring(0, 200) + "…";
    }
}
