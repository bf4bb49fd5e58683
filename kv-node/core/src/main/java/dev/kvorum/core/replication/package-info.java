/**
 * Quorum replication of single keys: who coordinates, how many must hold or show a value, and what is said when they do
 * not.
 *
 * <p>Sources: Dynamo (DeCandia et al. 2007, §4) for quorums and read repair; dotted version vectors (Preguiça et al.
 * 2010) for what is newer than what; per-shard epochs in the manner of Scylla's tablets for fencing.
 *
 * <p>Invariants: I1–I5, I14 of {@code docs/internals/replication.md}. An acknowledgement leaves only after the answer
 * {@code Stored}; only complete replicas coordinate and vote; a failed local read is never "absent"; whatever enters a
 * socket or the store makes a failure {@code unknown}.
 *
 * <p>One {@link dev.kvorum.core.replication.Replication} per event loop, owning the shards {@code shard % loops}.
 * Imports {@code core.step}, {@code core.wire}, {@code core.ring}, {@code core.version} and {@code core.request}.
 */
@NullMarked
package dev.kvorum.core.replication;

import org.jspecify.annotations.NullMarked;
