/**
 * RocksDB below a node: one database per data directory, written by one committer, read behind a gate, opened only
 * after its files were proven to hold everything that was ever acknowledged.
 *
 * <p>{@link dev.kvorum.storage.NodeStorage#open} gives a {@link dev.kvorum.storage.Recovery} verdict; the usable ones
 * carry the {@link dev.kvorum.storage.NodeStorage}. Invariants: an acknowledged operation is in the log at every later
 * open of an undamaged volume, or the verdict says that it may not be; a failed read is never "absent"; no file of a
 * damaged volume is changed, but for its count of starts when it is set aside; no native handle is touched after it was
 * closed.
 *
 * <p>Source: architecture.md §9 of the design; docs/internals/storage.md says what RocksDB does by itself and what it
 * does not. Imports {@code core.ring} (node ids), {@code storage.commit}, {@code storage.files}, RocksDB.
 */
@NullMarked
package dev.kvorum.storage;

import org.jspecify.annotations.NullMarked;
