/**
 * Who holds what: nodes, slots, shards, the versioned ring and the function that places shards on nodes.
 *
 * <p>Slots are those of Redis Cluster (CRC16 of the key or of its hash tag), so that every Redis Cluster client
 * computes them. Placement is a minimum-cost flow. Everything public here is a value or a pure function, safe to share
 * between threads.
 *
 * <p>Invariants: every shard has as many replicas as the factor, on distinct nodes, in distinct zones where there are
 * enough; every node holds its share rounded down or up; no table of that kind moves fewer replicas; equal input gives
 * equal output in every process. Imports {@code core.step} and {@code core.wire}.
 */
@NullMarked
package dev.kvorum.core.ring;

import org.jspecify.annotations.NullMarked;
