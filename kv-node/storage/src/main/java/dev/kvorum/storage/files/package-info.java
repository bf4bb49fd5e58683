/**
 * The small files of our own beside RocksDB's: who the volume is, how often it was started, how far its log was
 * acknowledged, who has it open; and a reader of RocksDB's log format that finds the damaged place.
 *
 * <p>Invariants: every file carries a checksum, so that damage is told from content; what is written to be kept is
 * synced, with its directory, before the call returns. Imports {@code core.ring} and the JDK.
 */
@NullMarked
package dev.kvorum.storage.files;

import org.jspecify.annotations.NullMarked;
