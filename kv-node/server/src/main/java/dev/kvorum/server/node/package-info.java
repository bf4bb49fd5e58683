/**
 * The shell around the machines of {@code core}: event loops, links to other nodes, the committer, the clock. It
 * carries out effects and hands in inputs; it holds no decision of a protocol.
 *
 * <p>Threads: one per data {@link dev.kvorum.server.node.Loop}, one for the {@link dev.kvorum.server.node.ControlLoop},
 * the committer of the storage, and a small worker pool for what may wait for the disk or for a name to be resolved.
 */
@NullMarked
package dev.kvorum.server.node;

import org.jspecify.annotations.NullMarked;
