package dev.kvorum.server.http;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.ContextToken;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.ReplySink;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.Answers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One data request on its way: turns the node's reply into the answer. */
final class KeyExchange implements ReplySink {

    private static final CharSequence ETAG = HttpHeaders.createOptimized("ETag");
    private static final CharSequence CONTEXT = HttpHeaders.createOptimized("Kvorum-Context");
    private static final CharSequence REPLICAS = HttpHeaders.createOptimized("Kvorum-Replicas");
    private static final CharSequence ZONES = HttpHeaders.createOptimized("Kvorum-Zones");
    private static final CharSequence DURABILITY = HttpHeaders.createOptimized("Kvorum-Durability");
    private static final CharSequence SLOPPY = HttpHeaders.createOptimized("Kvorum-Sloppy");
    private static final CharSequence EPOCH = HttpHeaders.createOptimized("Kvorum-Epoch");
    private static final CharSequence REPAIR = HttpHeaders.createOptimized("Kvorum-Repair");

    private final HttpServerRequest request;
    private final Target target;
    private final Operation operation;
    private final @Nullable String ifNoneMatch;
    private final RequestMeter meter;
    private final long startNs = System.nanoTime();

    /**
     * A key in a bucket.
     *
     * @param key 1 to 1,024 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody
    record Target(Founded.Bucket bucket, byte[] key) {}

    KeyExchange(
            HttpServerRequest request,
            Target target,
            Operation operation,
            @Nullable String ifNoneMatch,
            RequestMeter meter) {
        this.request = request;
        this.target = target;
        this.operation = operation;
        this.ifNoneMatch = ifNoneMatch;
        this.meter = meter;
    }

    @Override
    public void reply(ClientReply reply) {
        meter.finished(operation, reply, startNs, System.nanoTime());
        switch (reply) {
            case ClientReply.Value value -> onValue(value);
            case ClientReply.Written written -> onWritten(written);
            case ClientReply.ConditionFailed failed -> onConditionFailed(failed);
            case ClientReply.Failed failed -> Answers.problem(request, Problem.of(failed));
        }
    }

    private void onValue(ClientReply.Value value) {
        KvObject object = value.object();
        List<Sibling> live = object.live(value.nowHlcMs());
        HttpServerResponse response = request.response();
        response.putHeader(CONTEXT, shown(object, value.nowHlcMs()));
        achieved(value.achieved(), response);
        if (live.isEmpty()) {
            Answers.problem(request, Problem.of(404, "not_found", "this key has no value"));
            return;
        }
        long digest = object.digest();
        response.putHeader(ETAG, Etag.of(digest));
        if (ifNoneMatch != null && Etag.isNamedIn(ifNoneMatch, digest)) {
            Answers.empty(request, 304);
        } else if (live.size() == 1) {
            Sibling only = live.getFirst();
            Answers.send(request, 200, only.contentType(), only.value());
        } else {
            siblings(live, digest);
        }
    }

    private void siblings(List<Sibling> live, long digest) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean json = accept != null && accept.contains("application/json");
        SiblingsBody body = json ? SiblingsBody.json(live) : SiblingsBody.multipart(live, digest);
        Answers.send(request, 300, body.contentType(), body.bytes());
    }

    private void onWritten(ClientReply.Written written) {
        HttpServerResponse response = request.response();
        response.putHeader(CONTEXT, token(new ContextToken(written.context(), written.contextHlc())));
        achieved(written.achieved(), response);
        response.putHeader(ZONES, Integer.toString(written.achieved().zones()));
        response.putHeader(DURABILITY, written.achieved().durability() == Durability.FSYNC ? "fsync" : "os");
        response.putHeader(SLOPPY, "false");
        boolean puts = operation instanceof Operation.Put;
        if (puts) {
            response.putHeader(ETAG, Etag.of(written.digest()));
        }
        boolean isNew = puts && written.previous().newest(written.nowHlcMs()) == null;
        if (isNew) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        Answers.empty(request, isNew ? 201 : 204);
    }

    private void onConditionFailed(ClientReply.ConditionFailed failed) {
        KvObject object = failed.object();
        HttpServerResponse response = request.response();
        response.putHeader(CONTEXT, shown(object, failed.nowHlcMs()));
        boolean live = object.newest(failed.nowHlcMs()) != null;
        if (live) {
            response.putHeader(ETAG, Etag.of(object.digest()));
        }
        String detail =
                live ? "the key has a value with another ETag than the condition asks for" : "the key has no value";
        if (live && ((Operation.Write) operation).condition() instanceof Condition.Absent) {
            detail = "the key has a value already";
        }
        Answers.problem(request, Problem.of(412, "precondition_failed", detail));
    }

    private String shown(KvObject object, long nowMs) {
        return token(new ContextToken(object.contextOf(object.live(nowMs), nowMs), object.highestHlc()));
    }

    private String token(ContextToken token) {
        return token.encode(target.bucket().name(), target.key());
    }

    private static void achieved(Achieved achieved, HttpServerResponse response) {
        response.putHeader(REPLICAS, Integer.toString(achieved.replicas()));
        response.putHeader(EPOCH, Long.toString(achieved.epoch()));
        if (achieved.repair() == Achieved.Repair.PENDING) {
            response.putHeader(REPAIR, "pending");
        }
    }
}
