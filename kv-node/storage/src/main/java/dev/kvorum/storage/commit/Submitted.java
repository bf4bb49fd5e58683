package dev.kvorum.storage.commit;

/**
 * What became of a submitted operation. All but {@link #ACCEPTED} are definite: nothing was and nothing will be
 * written.
 */
public enum Submitted {
    /** Its listener will be answered, exactly once. */
    ACCEPTED,
    /** Too many bytes wait for the disk; come back later. */
    QUEUE_FULL,
    /** The volume has less free space than its reserve; reads go on, writes resume by themselves. */
    DISK_FULL,
    /** A write failed; only a restart, which verifies what is there, helps. */
    BROKEN,
    /** The storage is closing or closed. */
    CLOSED
}
