package dev.kvorum.core.request;

/** Why a request failed: stable words that clients and tests rely on. Sent by place: constants are only appended. */
public enum ErrorCode {
    BAD_REQUEST("bad_request"),
    KEY_TOO_LARGE("key_too_large"),
    VALUE_TOO_LARGE("value_too_large"),
    BUCKET_UNKNOWN("bucket_unknown"),
    SIBLING_LIMIT("sibling_limit"),
    WRONG_KIND("wrong_kind"),
    QUORUM_UNAVAILABLE("quorum_unavailable"),
    SESSION_BEHIND("session_behind"),
    TIMEOUT("timeout"),
    OVERLOADED("overloaded"),
    STORAGE_FULL("storage_full"),
    FENCED("fenced"),
    STARTING("starting"),
    POSSIBLE_LOSS("possible_loss");

    private final String word;

    ErrorCode(String word) {
        this.word = word;
    }

    /** The code as clients see it, such as {@code quorum_unavailable}. */
    public String word() {
        return word;
    }
}
