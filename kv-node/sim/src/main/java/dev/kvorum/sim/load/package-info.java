/**
 * Simulated clients: they ask, carry contexts, lose patience, retry once on another node, and report to the checkers.
 *
 * <p>Imports {@code sim.world}, {@code sim.check} and the values of {@code core}.
 */
@NullMarked
package dev.kvorum.sim.load;

import org.jspecify.annotations.NullMarked;
