package dev.kvorum.server.http;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Limits;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.json.InvalidJson;
import dev.kvorum.server.json.JsonDocument;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.BodyReader;
import dev.kvorum.server.web.Query;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The plain API on the bucket {@code default}: JSON in, JSON out, no contexts. A write replaces what the home has; of
 * concurrent values the newest is shown.
 */
final class PlainApi {

    /** Every byte of key and value may be written as an escape of six characters. */
    private static final int BODY_MOST_BYTES = 6 * Limits.ENTRY_MOST_BYTES + 1_024;

    private static final Operation READ = new Operation.Read();

    private final Requests requests;
    private final RequestMeter meter;
    private final int timeoutMs;

    PlainApi(Requests requests, RequestMeter meter, int timeoutMs) {
        this.requests = requests;
        this.meter = meter;
        this.timeoutMs = timeoutMs;
    }

    /** {@code GET /api/v1/getValue?key=K}. */
    void get(HttpServerRequest request, Founded founded, Query query) {
        byte[] key = query.bytes("key");
        if (key == null) {
            throw Refused.badRequest("parameter key is missing; ask for /api/v1/getValue?key=…");
        }
        query.end("use key");
        KeyRequests.checkKey(key);
        submit(request, founded, key, READ, reply -> shown(request, key, reply));
    }

    /** {@code POST /api/v1/put} with {@code {"key":…,"value":…}}. */
    void put(HttpServerRequest request, Founded founded, Query query) {
        query.end();
        BodyReader.read(
                request,
                BODY_MOST_BYTES,
                body -> {
                    try {
                        write(request, founded, body);
                    } catch (Refused refused) {
                        refuse(request, refused);
                    }
                },
                refused -> refuse(request, refused));
    }

    private void write(HttpServerRequest request, Founded founded, byte[] body) {
        Map<String, byte[]> fields = fields(body);
        byte[] key = key(fields.remove("key"));
        byte[] value = fields.remove("value");
        if (value == null) {
            throw Refused.badRequest("field value is missing");
        }
        if (!fields.isEmpty()) {
            throw Refused.badRequest("field " + fields.keySet().iterator().next() + " is unknown; use key and value");
        }
        checkValue(key, value);
        Operation put = new Operation.Put(Kind.JSON, "application/json", value, Expiry.NEVER, Condition.NONE);
        submit(request, founded, key, put, reply -> written(request, key));
    }

    private static Map<String, byte[]> fields(byte[] body) {
        try {
            return JsonDocument.slices(body);
        } catch (InvalidJson invalid) {
            throw Refused.badRequest(invalid.detail());
        }
    }

    private static byte[] key(byte @Nullable [] json) {
        String text = json == null ? null : JsonDocument.text(json);
        if (text == null) {
            throw Refused.badRequest(json == null ? "field key is missing" : "field key must be a string");
        }
        byte[] key = text.getBytes(StandardCharsets.UTF_8);
        KeyRequests.checkKey(key);
        return key;
    }

    private static void checkValue(byte[] key, byte[] value) {
        byte first = value[0];
        if (first == 't' || first == 'f' || first == 'n') {
            throw Refused.badRequest("field value must be a string, a number, a list or an object");
        }
        int together = key.length + value.length;
        if (together > Limits.ENTRY_MOST_BYTES) {
            throw Refused.tooLarge(
                    ErrorCode.VALUE_TOO_LARGE,
                    "key and value have " + together + " bytes; together they have at most " + Limits.ENTRY_MOST_BYTES);
        }
    }

    private void submit(
            HttpServerRequest request, Founded founded, byte[] key, Operation operation, Consumer<ClientReply> answer) {
        Founded.Bucket bucket = founded.defaultBucket();
        long startNs = System.nanoTime();
        requests.submit(
                new ClientRequest(new Key(bucket.number(), key), operation, bucket.levels(), null, 0, timeoutMs),
                reply -> {
                    meter.finished(operation, reply, startNs, System.nanoTime());
                    ClientReply.Failed failure = reply.failure();
                    if (failure == null) {
                        answer.accept(reply);
                    } else {
                        Answers.problem(request, Problem.of(failure));
                    }
                });
    }

    private static void shown(HttpServerRequest request, byte[] key, ClientReply reply) {
        Sibling newest =
                reply instanceof ClientReply.Value value ? value.object().newest(value.nowHlcMs()) : null;
        if (newest == null) {
            Answers.problem(request, Problem.of(404, "not_found", "this key has no value"));
            return;
        }
        JsonText json = new JsonText().beginObject();
        keyField(key, json);
        ValueText.field(newest, json);
        Answers.json(request, json.endObject().toBytes());
    }

    private static void written(HttpServerRequest request, byte[] key) {
        JsonText json = new JsonText().beginObject();
        keyField(key, json);
        Answers.json(request, json.field("status", "ok").endObject().toBytes());
    }

    private static void keyField(byte[] key, JsonText json) {
        String text = ValueText.text(key);
        if (text == null) {
            json.field("keyBase64", Base64.getEncoder().encodeToString(key));
        } else {
            json.field("key", text);
        }
    }

    private void refuse(HttpServerRequest request, Refused refused) {
        meter.refused();
        Answers.problem(request, refused.problem());
    }
}
