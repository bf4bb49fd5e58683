/**
 * The commands of {@code ./kvorum} that concern the local cluster, and the process that keeps it up.
 *
 * <p>Invariants: one stand-in per home directory; after {@code down} nothing of it runs. Exit codes: 0 done, 1 not done
 * and the reason printed, 2 misuse. Allowed imports: all.
 */
@NullMarked
package dev.kvorum.local.launch;

import org.jspecify.annotations.NullMarked;
