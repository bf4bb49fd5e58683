/**
 * Who acts: of several operators the one that holds the Lease.
 *
 * <p>{@link Election} decides from what was read and is pure; {@link Leadership} reads and writes the Lease, the only
 * object that is written outside of {@code act}. Source: the leader election of Kubernetes' client-go. May import
 * {@code act} and {@code config}.
 */
@NullMarked
package dev.kvorum.operator.lead;

import org.jspecify.annotations.NullMarked;
