package dev.kvorum.local.launch;

/** A command that could not do what it is for; the message is for the user: what, where, what next. */
final class FailedException extends Exception {

    private static final long serialVersionUID = 1;

    FailedException(String message) {
        super(message);
    }
}
