package dev.kvorum.core.step;

import java.util.function.Consumer;

/**
 * A protocol as a machine: no thread, clock, randomness of its own, socket or disk. Everything it knows arrives through
 * {@link #step}, everything it wants leaves as an effect.
 *
 * @param <I> the sealed inputs of this machine
 * @param <E> the sealed effects of this machine
 */
public interface Machine<I, E> {

    /**
     * Takes one input at one instant and emits what the shell must do, in order. Never blocks, never throws for
     * anything that input from outside can cause; an {@link InvariantViolation} is a bug in the machine.
     *
     * @param nowMs the shell's monotonic clock, in milliseconds; never smaller than in the step before
     * @param input what happened
     * @param out receives the effects in the order in which they must be carried out
     */
    void step(long nowMs, I input, Consumer<? super E> out);
}
