package dev.kvorum.storage.commit;

/**
 * One operation on its way to the committer.
 *
 * @param opId given back in the answer; its meaning is the listener's
 * @param listener gets the answer, on the committer's thread
 */
public record WriteOp(Change change, Durability durability, long opId, CommitListener listener) {

    /** What the queue itself costs per operation, so that many tiny operations are bounded too. */
    private static final int OVERHEAD_BYTES = 96;

    int queuedBytes() {
        return change.sizeBytes() + OVERHEAD_BYTES;
    }
}
