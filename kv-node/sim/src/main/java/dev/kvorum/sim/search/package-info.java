/**
 * All courses that a small consensus group can take within bounds: every order of deliveries, timeouts, ends of stores
 * and crashes, with states recognised by what they hold.
 *
 * <p>{@link dev.kvorum.sim.search.Search} walks; {@link dev.kvorum.sim.search.Bounds} says how far. The page
 * {@code docs/internals/consensus.md} says what is left out, and why that is enough. Imports {@code core.consensus},
 * {@code core.ring}'s node id, {@code core.wire} and {@code sim.check}.
 */
@NullMarked
package dev.kvorum.sim.search;

import org.jspecify.annotations.NullMarked;
