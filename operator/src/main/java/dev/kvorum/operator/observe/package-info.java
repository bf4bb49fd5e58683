/**
 * What is there: one immutable {@link Observed} per pass, built from caches and from what nodes last answered.
 *
 * <p>Nodes are asked in the background by {@link NodePoller}; building an observation never waits for one. "Absent from
 * the cache" is not "absent": what should exist and is not cached is looked up live before anything is created. Nothing
 * here decides or writes. May import {@code config}, {@code node} and {@code desired}.
 */
@NullMarked
package dev.kvorum.operator.observe;

import org.jspecify.annotations.NullMarked;
