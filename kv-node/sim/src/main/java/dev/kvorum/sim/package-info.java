/**
 * Whole clusters on virtual time: the machines of {@code core} in a second shell, with clients, faults and checkers.
 *
 * <p>{@link dev.kvorum.sim.Main} runs seeds. Each seed is a run of its own in two phases: in the first anything goes
 * and nothing wrong may be seen; in the second a quorum is healed, everything pending ends and the replicas come to
 * agree. The page {@code docs/internals/simulator.md} explains it. Imports {@code core} and its own packages.
 */
@NullMarked
package dev.kvorum.sim;

import org.jspecify.annotations.NullMarked;
