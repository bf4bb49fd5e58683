package dev.kvorum.local.launch;

/** A command line that means nothing; the message says what is expected. */
final class MisuseException extends Exception {

    private static final long serialVersionUID = 1;

    MisuseException(String message) {
        super(message);
    }
}
