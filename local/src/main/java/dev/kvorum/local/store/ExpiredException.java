package dev.kvorum.local.store;

/** The changes after a revision are not remembered any more: list again. */
public final class ExpiredException extends Exception {

    private static final long serialVersionUID = 1;

    ExpiredException(long asked, long oldest) {
        super("too old resource version: " + asked + " (" + oldest + ")");
    }
}
