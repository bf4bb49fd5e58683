package dev.kvorum.storage.commit;

import java.io.IOException;

/**
 * The disk as the committer sees it. One thread calls; both methods may block. After an exception nothing more is
 * added or written: the outcome of what was under way is unknown.
 */
public interface CommitSink {

    /** Takes a change into the batch under way; nothing is durable yet. */
    void add(Change change) throws IOException;

    /**
     * Writes the batch under way as one, with its number, and starts the next. On return it has the durability asked
     * for, and so has every earlier batch.
     *
     * @param number one more than that of the batch before
     */
    void commit(long number, Durability durability) throws IOException;

    /** Notes outside the log that {@code number} was reached; called after {@link #commit} and before its answers. */
    void reached(long number, Durability durability);
}
