package dev.kvorum.server.json;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Outcome;

/**
 * An error as HTTP clients see it: {@code application/problem+json} of RFC 9457 with a stable code and the outcome.
 *
 * @param code what programs act on
 * @param detail what people read: what happened, to what, and what to do next
 * @param retryAfterMs 0 where waiting does not help
 */
public record Problem(int status, String code, String detail, Outcome outcome, int retryAfterMs) {

    /** The content type of {@link #toBytes}. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** A refusal that left nothing behind. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Outcome.NOT_APPLIED, 0);
    }

    public static Problem badRequest(String detail) {
        return of(400, ErrorCode.BAD_REQUEST.word(), detail);
    }

    /** A failure that the node has reported. */
    public static Problem of(ClientReply.Failed failed) {
        return new Problem(
                statusOf(failed.code()),
                failed.code().word(),
                failed.detail(),
                failed.outcome(),
                failed.retryAfterMs());
    }

    public byte[] toBytes() {
        JsonText json = new JsonText().beginObject();
        json.field("type", "about:blank");
        json.field("title", title());
        json.field("status", status);
        json.field("detail", detail);
        json.field("code", code);
        json.field("outcome", outcome.word());
        if (retryAfterMs > 0) {
            json.field("retryAfterMs", retryAfterMs);
        }
        return json.endObject().toBytes();
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> 400;
            case BUCKET_UNKNOWN -> 404;
            case SIBLING_LIMIT, WRONG_KIND -> 409;
            case KEY_TOO_LARGE, VALUE_TOO_LARGE -> 413;
            case QUORUM_UNAVAILABLE, SESSION_BEHIND, POSSIBLE_LOSS, OVERLOADED, STORAGE_FULL, FENCED, STARTING -> 503;
            case TIMEOUT -> 504;
        };
    }

    /** The phrase of RFC 9110 for the status, as RFC 9457 asks for where the type is blank. */
    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }
}
