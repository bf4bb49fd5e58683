package dev.kvorum.server.admin;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.server.door.AuthorityControl.Decision;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.web.Answers;
import io.vertx.core.http.HttpServerRequest;

/** What the authority decided, as answers of the admin door. */
final class AuthorityAnswers {

    private static final int RETRY_MS = 1_000;

    private AuthorityAnswers() {}

    static void send(HttpServerRequest request, Decision decision) {
        switch (decision) {
            case Decision.Answered(var ignored, Answer.Refused(RefusalCode code, String detail)) ->
                Answers.problem(request, problem(code, detail));
            case Decision.Answered(long index, Answer answer) -> Answers.json(request, document(index, answer));
            case Decision.Unanswered(Trouble trouble, Outcome outcome) ->
                Answers.problem(request, problem(trouble, outcome));
        }
    }

    /** A node that cannot even ask: it has not begun to, or ends. */
    static void failed(HttpServerRequest request, Throwable failure) {
        Answers.problem(
                request,
                new Problem(
                        503,
                        ErrorCode.STARTING.word(),
                        "this node has no part in the authority now: " + failure.getMessage() + "; ask another node",
                        Outcome.NOT_APPLIED,
                        RETRY_MS));
    }

    private static byte[] document(long index, Answer answer) {
        JsonText json = new JsonText().beginObject();
        switch (answer) {
            case Answer.Done(long epoch) -> json.field("epoch", epoch);
            case Answer.SessionOpened(long number) -> json.field("session", number);
            case Answer.LossAccepted(int shard, var without) -> {
                json.field("shard", shard).name("without").beginArray();
                without.forEach(node -> json.value(node.toString()));
                json.endArray();
            }
            case Answer.Registered ignored -> throw new IllegalStateException("no door registers nodes");
            case Answer.Refused ignored -> throw new IllegalStateException("a refusal is a problem");
        }
        return json.field("index", index).endObject().toBytes();
    }

    private static Problem problem(RefusalCode code, String detail) {
        int status = statusOf(code);
        return new Problem(status, code.word(), detail, Outcome.NOT_APPLIED, status == 503 ? RETRY_MS : 0);
    }

    /** Only what is not about the state that the decision met. */
    private static int statusOf(RefusalCode code) {
        if (code == RefusalCode.BAD_REQUEST) {
            return 400;
        }
        if (code == RefusalCode.NODE_UNKNOWN || code == RefusalCode.BUCKET_UNKNOWN) {
            return 404;
        }
        return code == RefusalCode.NOT_FOUNDED ? 503 : 409;
    }

    private static Problem problem(Trouble trouble, Outcome outcome) {
        return switch (trouble) {
            case TIMEOUT ->
                new Problem(
                        503,
                        ErrorCode.TIMEOUT.word(),
                        "nobody who leads the authority was reached in time; see leader and voters in"
                                + " GET /admin/v1/ring of each node, then ask again"
                                + (outcome == Outcome.UNKNOWN ? ": the same request does no harm twice" : ""),
                        outcome,
                        RETRY_MS);
            case OVERLOADED ->
                new Problem(
                        503,
                        ErrorCode.OVERLOADED.word(),
                        "too many commands for the authority wait at this node; ask again, or another node",
                        outcome,
                        RETRY_MS);
        };
    }
}
