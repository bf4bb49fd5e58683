package dev.kvorum.operator.node;

/** A node could not be asked, or refused; the message is for people. */
public final class NodeAdminException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** {@code status} is the HTTP status of a refusal, 0 without an answer. */
    public NodeAdminException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Whether the node answered and said no for good: another cluster's document, or a malformed one. */
    public boolean isRefusal() {
        return status >= 400 && status < 500;
    }
}
