package dev.kvorum.core.request;

/** How safe a write is on a replica before that replica acknowledges it. */
public enum Durability {
    /** Handed to the operating system: survives the process, not the power. */
    OS,
    /** Synced to the disk. */
    FSYNC
}
