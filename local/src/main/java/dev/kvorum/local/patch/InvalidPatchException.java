package dev.kvorum.local.patch;

/** A patch that cannot be applied to this object; the message says why. */
public final class InvalidPatchException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidPatchException(String message) {
        super(message);
    }
}
