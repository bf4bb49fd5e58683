package dev.kvorum.local.wire;

/** A protobuf body of a kind, or with a field, that is not known here; the message names it. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
        super(message);
    }
}
