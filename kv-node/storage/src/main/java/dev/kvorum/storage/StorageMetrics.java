package dev.kvorum.storage;

import dev.kvorum.storage.commit.CommitStats;

/**
 * What the node exports about its disk.
 *
 * @param commits what the committer did
 * @param queuedBytes operations that wait for it
 * @param freeBytes free space of the volume, at most 100 ms old
 * @param volumeBytes size of the volume
 * @param blockCacheBytes in use, of the configured size
 * @param liveDataBytes RocksDB's estimate of the data family without what was overwritten
 */
public record StorageMetrics(
        CommitStats commits,
        long queuedBytes,
        long freeBytes,
        long volumeBytes,
        long blockCacheBytes,
        long liveDataBytes) {}
