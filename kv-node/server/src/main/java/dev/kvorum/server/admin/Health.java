package dev.kvorum.server.admin;

import dev.kvorum.server.door.Standing;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.web.Answers;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The three probes of Kubernetes. A node that waits, or is fenced, lives: killing it would help nobody. */
final class Health {

    private Health() {}

    /** The store has been looked at: the node has its ids, or is fenced and says why. */
    static void started(HttpServerRequest request, Standing standing) {
        answer(request, standing.state() == Standing.State.STARTING ? reason(standing) : null);
    }

    /** The process answers and its loops turn: a new process would be better than one of which a part hangs. */
    static void live(HttpServerRequest request, long stillForMs, long mostMs) {
        answer(request, stillForMs < mostMs ? null : "an event loop has stood still for " + stillForMs + " ms");
    }

    /** Ring applied, store open, nothing to catch up. */
    static void ready(HttpServerRequest request, Standing standing) {
        answer(request, standing.state() == Standing.State.READY ? null : reason(standing));
    }

    private static void answer(HttpServerRequest request, @Nullable String reason) {
        JsonText json = new JsonText().beginObject();
        json.field("status", reason == null ? "ok" : "unready");
        if (reason != null) {
            json.field("reason", reason);
        }
        Answers.send(
                request,
                reason == null ? 200 : 503,
                "application/json",
                json.endObject().toBytes());
    }

    private static String reason(Standing standing) {
        String reason = standing.reason();
        if (reason != null) {
            return reason;
        }
        return switch (standing.state()) {
            case STARTING -> "opens its store";
            case EMPTY -> "waits for the bootstrap document";
            case RECOVERING -> "catches up with the other replicas";
            case FENCED -> "is fenced: its data may not be trusted";
            case DRAINING -> "drains";
            case READY -> "";
        };
    }
}
