/**
 * The answer: one immutable record per block of {@code KVCluster.status}. Conditions are the contract; {@code phase},
 * {@code nodes} and {@code journal} are for people.
 *
 * <p>Every field may be absent (a lost status is rebuilt from what runs), so every component is {@code @Nullable} or an
 * empty list. May import Fabric8's model and nothing else.
 */
@NullMarked
package dev.kvorum.crds.status;

import org.jspecify.annotations.NullMarked;
