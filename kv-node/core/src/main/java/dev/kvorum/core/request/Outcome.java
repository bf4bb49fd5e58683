package dev.kvorum.core.request;

/** What a failed request may have left behind. */
public enum Outcome {
    /** Nothing: no local store was submitted and no frame entered a socket, or every refusal came before apply. */
    NOT_APPLIED,
    /** The write may be there now, appear later, or never appear. */
    UNKNOWN;

    /** The word used at the doors: {@code not_applied} or {@code unknown}. */
    public String word() {
        return switch (this) {
            case NOT_APPLIED -> "not_applied";
            case UNKNOWN -> "unknown";
        };
    }
}
