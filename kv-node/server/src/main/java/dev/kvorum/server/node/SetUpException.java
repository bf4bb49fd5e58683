package dev.kvorum.server.node;

/** The node was set up in a way that a person has to change; the message says what and how. */
public final class SetUpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SetUpException(String message) {
        super(message);
    }
}
