/**
 * Group commit: the operations of all event loops become one batch and one sync, and each loop gets its answers as one
 * array.
 *
 * <p>Invariants: an answer leaves only after its operation is as durable as it asked for; every accepted operation is
 * answered exactly once, also through a failure and a close; submitting never blocks; operations of one submitter keep
 * their order. The disk sits behind {@link dev.kvorum.storage.commit.CommitSink}. Imports JCTools' queue and nothing of
 * RocksDB.
 */
@NullMarked
package dev.kvorum.storage.commit;

import org.jspecify.annotations.NullMarked;
