package dev.kvorum.server.json;

/** A document that cannot be taken; the message names the field or the place. */
public final class InvalidJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidJson(String message) {
        super(message, null, false, false);
    }

    /** What to tell the sender. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
