/**
 * What to tell: turns observation, plan and outcome into the status, and differences between two statuses into events.
 *
 * <p>Pure. Invariants: every condition is always there, judges one generation and has a reason of the closed list;
 * the same
 * situation gives the same status, so that at rest nothing is written. May import {@code act}'s outcome, {@code plan},
 * {@code observe} and {@code desired}.
 */
@NullMarked
package dev.kvorum.operator.status;

import org.jspecify.annotations.NullMarked;
