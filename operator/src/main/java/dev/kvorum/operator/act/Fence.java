package dev.kvorum.operator.act;

/** Lets writes through while this operator is the one that acts. Any thread; blocks as long as the write does. */
@FunctionalInterface
public interface Fence {

    /** Lets everything through. */
    Fence OPEN = Runnable::run;

    /**
     * Runs the write.
     *
     * @throws NotLeadingException instead, if this operator may not act
     */
    void during(Runnable write);
}
