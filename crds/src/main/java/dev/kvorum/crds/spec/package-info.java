/**
 * The wish: one immutable record per block of {@code KVCluster.spec}.
 *
 * <p>Invariant: a record made from an empty document equals what the API server fills in, so that a reader never
 * meets an
 * absent default. A component is {@code @Nullable} exactly when leaving it out means something. May import Fabric8's
 * model and nothing else.
 */
@NullMarked
package dev.kvorum.crds.spec;

import org.jspecify.annotations.NullMarked;
