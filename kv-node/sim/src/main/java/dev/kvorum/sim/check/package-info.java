/**
 * Checkers: small, without knowledge of the world, tested against legal and mutated histories. Each throws a
 * {@link dev.kvorum.sim.check.Violation} that names the invariant of {@code docs/internals/replication.md}.
 *
 * <p>Imports the JDK and the values of {@code core}.
 */
@NullMarked
package dev.kvorum.sim.check;

import org.jspecify.annotations.NullMarked;
