package dev.kvorum.storage.commit;

/**
 * What the committer did since it started; an immutable picture, replaced with each batch.
 *
 * @param commits batches written
 * @param operations operations in them
 * @param bytes keys and values in them
 * @param largestBatch operations in the largest one
 * @param syncs batches written with a sync
 * @param syncNanosSum time all of those took, log write and memtable included
 * @param syncNanosMax time the slowest took
 */
public record CommitStats(
        long commits, long operations, long bytes, int largestBatch, long syncs, long syncNanosSum, long syncNanosMax) {

    static final CommitStats NONE = new CommitStats(0, 0, 0, 0, 0, 0, 0);

    CommitStats plus(int batchOperations, long batchBytes, Durability durability, long nanos) {
        boolean synced = durability == Durability.FSYNC;
        return new CommitStats(
                commits + 1,
                operations + batchOperations,
                bytes + batchBytes,
                Math.max(largestBatch, batchOperations),
                synced ? syncs + 1 : syncs,
                synced ? syncNanosSum + nanos : syncNanosSum,
                synced ? Math.max(syncNanosMax, nanos) : syncNanosMax);
    }
}
