package dev.kvorum.images;

/** An image cannot be made; the message says why and what to do, in one sentence. */
final class BuildFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    BuildFailedException(String message) {
        super(message);
    }
}
