/**
 * The only code that writes: to the API server through {@link Api}, to nodes through their admin doors.
 *
 * <p>Invariants: every write is counted and safe to repeat; nothing that is not ours is written over; what is
 * removed is
 * removed by uid. May import {@code plan}, {@code observe}, {@code desired} and {@code node}.
 */
@NullMarked
package dev.kvorum.operator.act;

import org.jspecify.annotations.NullMarked;
