package dev.kvorum.server.http;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.ContextToken;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Limits;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.http.KeyExchange.Target;
import dev.kvorum.server.json.InvalidJson;
import dev.kvorum.server.json.JsonDocument;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.BodyReader;
import dev.kvorum.server.web.Percent;
import dev.kvorum.server.web.Query;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /v1/buckets/{bucket}/keys/{key}}: reads, writes and deletes one value. */
final class KeyRequests {

    static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.HEAD);
    static final String ALLOWED = "GET, HEAD, PUT, DELETE";

    private static final Operation READ = new Operation.Read();

    private final Requests requests;
    private final RequestMeter meter;
    private final int timeoutMs;

    KeyRequests(Requests requests, RequestMeter meter, int timeoutMs) {
        this.requests = requests;
        this.meter = meter;
        this.timeoutMs = timeoutMs;
    }

    /** Answers a request whose path names a key. */
    void handle(HttpServerRequest request, Founded founded, String bucketName, String keySegment, Query query) {
        Target target = new Target(bucket(founded, bucketName), key(keySegment));
        KeyQuery asked = KeyQuery.of(query, founded, target.bucket(), timeoutMs);
        KeyHeaders headers = KeyHeaders.of(request, target.bucket(), target.key());
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.PUT)) {
            put(request, target, asked, headers);
        } else if (method.equals(HttpMethod.DELETE)) {
            submit(request, target, asked, headers, new Operation.Delete(headers.condition()));
        } else if (headers.condition() instanceof Condition.None) {
            submit(request, target, asked, headers, READ);
        } else {
            throw Refused.badRequest("If-Match belongs to PUT and DELETE; a read knows If-None-Match");
        }
    }

    private void put(HttpServerRequest request, Target target, KeyQuery asked, KeyHeaders headers) {
        String contentType = KeyHeaders.contentType(request);
        BodyReader.read(
                request,
                Limits.ENTRY_MOST_BYTES - target.key().length,
                body -> {
                    try {
                        submit(request, target, asked, headers, operation(contentType, body, headers));
                    } catch (Refused refused) {
                        refuse(request, refused);
                    }
                },
                refused -> refuse(request, refused));
    }

    private static Operation operation(String contentType, byte[] body, KeyHeaders headers) {
        if (!isJson(contentType)) {
            return new Operation.Put(Kind.BYTES, contentType, body, headers.expiry(), headers.condition());
        }
        try {
            JsonDocument.check(body);
        } catch (InvalidJson invalid) {
            throw Refused.badRequest("Content-Type says " + contentType + ", but " + invalid.detail());
        }
        return new Operation.Put(Kind.JSON, contentType, body, headers.expiry(), headers.condition());
    }

    private void submit(
            HttpServerRequest request, Target target, KeyQuery asked, KeyHeaders headers, Operation operation) {
        @Nullable ContextToken context = headers.context();
        requests.submit(
                new ClientRequest(
                        new Key(target.bucket().number(), target.key()),
                        operation,
                        asked.levels(),
                        context == null ? null : context.version(),
                        context == null ? 0 : context.hlc(),
                        asked.timeoutMs()),
                new KeyExchange(request, target, operation, headers.ifNoneMatch(), meter));
    }

    private void refuse(HttpServerRequest request, Refused refused) {
        meter.refused();
        Answers.problem(request, refused.problem());
    }

    private static Founded.Bucket bucket(Founded founded, String name) {
        Founded.Bucket bucket = founded.bucket(name);
        if (bucket == null) {
            throw new Refused(Problem.of(
                    404,
                    ErrorCode.BUCKET_UNKNOWN.word(),
                    "there is no bucket \"" + name + "\"; GET /v1/buckets names all"));
        }
        return bucket;
    }

    private static byte[] key(String segment) {
        byte[] key = Percent.segment(segment, "the key");
        checkKey(key);
        return key;
    }

    /** Refuses a key that is empty or too long. */
    static void checkKey(byte[] key) {
        if (key.length == 0) {
            throw Refused.badRequest("the key is empty; a key has 1 to " + Limits.KEY_MOST_BYTES + " bytes");
        }
        if (key.length > Limits.KEY_MOST_BYTES) {
            throw Refused.tooLarge(
                    ErrorCode.KEY_TOO_LARGE,
                    "the key has " + key.length + " bytes; a key has at most " + Limits.KEY_MOST_BYTES);
        }
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }
}
