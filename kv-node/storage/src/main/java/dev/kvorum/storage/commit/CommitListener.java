package dev.kvorum.storage.commit;

/**
 * Takes the answers of one event loop, a batch at a time, on the committer's thread: it must hand them over and
 * return. The array is the listener's to keep; only its first {@code count} entries are operation ids, in the order
 * of submission.
 */
public interface CommitListener {

    /** These operations are as durable as each asked for. */
    void committed(long[] opIds, int count);

    /**
     * The disk failed under these operations. Whether they are in the log is unknown until the next open: a write that
     * failed to sync may well be there.
     */
    void failed(long[] opIds, int count, Throwable cause);
}
