package dev.kvorum.operator.node;

/** A node could not be asked, or refused; the message is for people. */
public final class NodeAdminException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String SUPERSEDED = "session_superseded";
    private static final String UNKNOWN = "session_unknown";

    private final int status;
    private final String code;

    /** {@code status} is the HTTP status of a refusal, 0 without an answer. */
    public NodeAdminException(String message, int status) {
        this(message, status, "");
    }

    /** With the code of the problem document. */
    public NodeAdminException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Whether another operator has taken over. */
    public boolean isSuperseded() {
        return code.equals(SUPERSEDED);
    }

    /** Whether the authority knows nothing of the session: it was recovered without its last decisions. */
    public boolean isSessionUnknown() {
        return code.equals(UNKNOWN);
    }

    /** Whether the node answered and said no for good: another cluster's document, or a malformed one. */
    public boolean isRefusal() {
        return status >= 400 && status < 500;
    }
}
