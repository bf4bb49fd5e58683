package dev.kvorum.local.kubelet;

/** A container that cannot be started as its manifest stands, or not yet; the message says what is missing. */
final class CannotStartException extends Exception {

    private static final long serialVersionUID = 1;

    CannotStartException(String message) {
        super(message);
    }
}
