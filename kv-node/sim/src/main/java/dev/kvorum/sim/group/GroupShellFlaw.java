package dev.kvorum.sim.group;

/** Mistakes that a shell could make around a sound replica; planted so that the simulator is seen to catch them. */
public enum GroupShellFlaw {
    /** The mark reaches the disk before the state that it belongs to. */
    APPLIED_NOT_ATOMIC,
    /** An installed state reaches the disk after the mark that it belongs to. */
    SNAPSHOT_NOT_ATOMIC,
    /** Stores are answered before they are durable. */
    STORED_BEFORE_SYNC,
    /** An earlier copy of a volume goes on under its old identity. */
    OLD_COPY_UNNOTICED,
    /** An empty volume goes on under the identity of the one that was there. */
    WIPED_KEEPS_IDENTITY
}
