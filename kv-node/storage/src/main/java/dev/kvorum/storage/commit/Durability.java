package dev.kvorum.storage.commit;

/** What an operation must have survived before it is answered. */
public enum Durability {
    /** Handed to the operating system: survives the process, not the kernel. */
    OS,
    /** Synced: survives a power cut. */
    FSYNC
}
