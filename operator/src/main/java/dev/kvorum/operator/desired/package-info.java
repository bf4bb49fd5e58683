/**
 * What should be there: one class per Kubernetes object, each a pure function of a {@link Blueprint}.
 *
 * <p>Invariants: equal blueprints give equal objects, every object carries the cluster's labels and owner, and its
 * hash is
 * stamped by {@link Stamp}. Nothing here knows what is there already. May import {@code config} and {@code node}.
 */
@NullMarked
package dev.kvorum.operator.desired;

import org.jspecify.annotations.NullMarked;
