package dev.kvorum.sim.world;

/** Mistakes that a shell could make around sound machines; planted so that the simulator is seen to catch them. */
public enum ShellFlaw {
    /** A restarted process goes on with the actor, and so with the dots, of the former one. */
    ACTOR_SURVIVES_RESTART,
    /** The disk answers that a store is durable before it is. */
    STORED_BEFORE_SYNC,
    /** A restarted process serves what it finds in the kernel's cache without syncing it first. */
    OPENED_WITHOUT_SYNC,
    /** Stores are carried out in another order than they were asked for. */
    STORES_OUT_OF_ORDER,
    /** A node whose disk was wiped serves and votes as if nothing had happened. */
    AMNESIAC_VOTES,
    /** A node whose kernel restarted votes without merging others first. */
    TORN_TAIL_VOTES,
    /** What a node is told about newer rings does not move it. */
    RING_BEHIND_IGNORED,
    /** A restarted node goes on with the ring that founded the cluster. */
    STALE_RING_AFTER_RESTART,
    /** A node on a new volume starts with the rows that it had on the old one. */
    NEW_VOLUME_UNDER_OLD_ROWS,
    /** A look-up that fails is answered with "absent". */
    FAILED_READ_IS_ABSENT,
    /** The loops of a node that others held for dead, or that stood still, are not told so. */
    ABSENCE_UNNOTICED,
    /** A refused store is answered as if it were durable. */
    FAILED_STORE_IS_STORED
}
