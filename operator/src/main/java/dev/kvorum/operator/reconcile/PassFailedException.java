package dev.kvorum.operator.reconcile;

/** An action of a pass failed; the status already says so, and the pass is to be repeated. */
public final class PassFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PassFailedException(String message) {
        super(message);
    }
}
