/**
 * Agreement on one log among a few nodes, in spite of crashes, pauses and partitions: Raft.
 *
 * <p>Sources: Ongaro, Ousterhout, "In Search of an Understandable Consensus Algorithm" (USENIX ATC 2014); Ongaro,
 * "Consensus: Bridging Theory and Practice" (dissertation, 2014), whose chapters the classes name; the correction of
 * single-server changes that Ongaro posted to raft-dev in July 2015. Ours: a replica is a node <em>and</em> its volume,
 * so that who lost its memory is somebody else; and the applied state is the snapshot.
 *
 * <p>Invariants (I11): at most one leader per term; two logs that share an entry's index and term share all before it;
 * what is committed is in the log of every later leader; replicas apply the same entries in the same order; a vote is
 * durable before it is told, an entry before it is acknowledged. {@code docs/internals/consensus.md} explains them.
 *
 * <p>{@link dev.kvorum.core.consensus.Consensus} is the machine, one per group; the group's number is in every packet,
 * so that groups can share a log, a transport and one frame of heartbeats per pair of nodes. Entries are opaque bytes.
 * Imports {@code core.step}, {@code core.wire} and {@code core.ring}'s node id.
 */
@NullMarked
package dev.kvorum.core.consensus;

import org.jspecify.annotations.NullMarked;
