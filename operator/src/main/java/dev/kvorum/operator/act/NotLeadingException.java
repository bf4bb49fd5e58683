package dev.kvorum.operator.act;

/** A write was refused before it reached the API server: another operator may act. The pass ends there. */
public final class NotLeadingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotLeadingException() {
        super("this operator does not lead");
    }
}
