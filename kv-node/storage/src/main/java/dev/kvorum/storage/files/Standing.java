package dev.kvorum.storage.files;

/**
 * What the volume may claim about its content. Kept in the commit file, so that a second restart does not forget it.
 */
public enum Standing {
    /** Holds everything that it ever acknowledged. */
    COMPLETE,
    /** May lack acknowledged writes since a kernel restart, until other replicas were merged. */
    OWES_MERGE
}
