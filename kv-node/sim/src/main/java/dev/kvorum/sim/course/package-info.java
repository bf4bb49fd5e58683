/**
 * What every run has whatever it runs: blows that any process can be struck by, patience with what was healed, and
 * words for what went wrong. Imports {@code world} and {@code check}.
 */
@NullMarked
package dev.kvorum.sim.course;

import org.jspecify.annotations.NullMarked;
