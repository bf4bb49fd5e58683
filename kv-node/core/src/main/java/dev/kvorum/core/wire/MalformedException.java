package dev.kvorum.core.wire;

/** Bytes that are not what they claim to be; the message says what was expected, and at which offset. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
