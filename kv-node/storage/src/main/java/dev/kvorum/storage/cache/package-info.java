/**
 * The objects that a loop touched last, in memory outside the heap, in front of RocksDB: a look-up there costs a tenth
 * of one in RocksDB's files, and every write begins with a look-up at each replica.
 *
 * <p>Invariant: what the cache answers is what the store holds, or is about to hold for a write that it accepted;
 * whoever hears that such a write failed clears the cache. Source: performance.md §3, lever 4. Imports nothing of ours.
 */
@NullMarked
package dev.kvorum.storage.cache;

import org.jspecify.annotations.NullMarked;
