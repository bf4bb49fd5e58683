package dev.kvorum.core.replication;

/** What a node's own data allow it to do. */
public enum Standing {
    /** Storage is not open yet, or no ring document was accepted: refuses everything. */
    STARTING,
    /**
     * The kernel restarted under it, so an unsynced tail may be gone: coordinates and acknowledges writes, casts no
     * read vote until it has merged N−W+1 other replicas.
     */
    MERGING,
    /** Complete: coordinates, acknowledges and votes. */
    VOTING,
    /** About to stop: still a replica, but coordinates nothing new and is nobody's home. */
    DRAINING,
    /** Its disk was wiped or damaged, or refused a sync: does nothing until it is rebuilt or restarted. */
    FENCED
}
