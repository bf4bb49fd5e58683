package dev.kvorum.core.step;

/** A bug in a machine: a state that its protocol rules out. The shell stops the machine and keeps the evidence. */
public final class InvariantViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvariantViolation(String message) {
        super(message);
    }
}
