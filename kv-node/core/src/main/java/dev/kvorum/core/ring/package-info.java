/**
 * Who holds what: nodes, slots, shards, the versioned ring and the function that places shards on nodes.
 *
 * <p>Slots are those of Redis Cluster (CRC16 of the key or of its hash tag), so that every Redis Cluster client computes
 * them. Everything here is a value or a pure function. Imports {@code core.step} and {@code core.wire}.
 */
@NullMarked
package dev.kvorum.core.ring;

import org.jspecify.annotations.NullMarked;
