/**
 * What to do: {@code Observed + now → Plan}, pure. An ordered list of named steps, each done, proceeding, waiting or
 * blocked,
 * and what there is to say about the cluster.
 *
 * <p>Invariants: the same observation gives the same plan; a cluster as it should be gives no action; data is never
 * founded twice, because a bootstrap document is sent only to nodes that hold none, and only the one written down
 * before.
 * Source: the operator's design page, §3 and §4. May import {@code desired}, {@code node} and {@code observe}.
 */
@NullMarked
package dev.kvorum.operator.plan;

import org.jspecify.annotations.NullMarked;
