package dev.kvorum.sim.swarm;

/** What can go wrong around sound machines. */
public enum Fault {
    /** A process ends and is started again; its kernel stays. */
    KILL,
    /** A process ends, and the next one stands still again and again while it warms up; one node at a time. */
    COLD_START,
    /** A process says good-bye, ends, and is started again. */
    DRAIN,
    /** All processes end at once. */
    KILL_ALL,
    /** A machine loses power and what it had not synced. */
    POWER,
    /** All machines lose power. */
    POWER_ALL,
    /** A machine loses power; a random part of what was not synced is there afterwards. */
    TORN,
    /** A process stands still. */
    PAUSE,
    /** The nodes fall into two groups that do not hear each other. */
    SPLIT,
    /** One node is not heard by some others. */
    ONE_WAY,
    /** Two groups hear each other only through one node. */
    BRIDGE,
    /** A zone is cut off. */
    ZONE,
    /** A way between two nodes is cut again and again. */
    FLAP,
    /** Nothing gets through between two nodes for a short while. */
    CLOG,
    /** The connections between two nodes break and are made anew. */
    BREAK_LINK,
    /** A disk becomes up to a hundred times slower. */
    SLOW_DISK,
    /** A disk takes no more stores. */
    FULL_DISK,
    /** A sync fails, so that nobody knows what is on the disk. */
    FAILED_SYNC,
    /** Some look-ups and scans fail. */
    FAILED_READS,
    /** A disk is gone for good. */
    WIPE,
    /** A wall clock jumps. */
    CLOCK_JUMP,
    /** A shard's entry changes: its replicas take over as its home in another order from now on. */
    NEW_ENTRY,
    /** A node's volume is gone, sometimes said to be lost first, and the node comes back on an empty one. */
    NEW_VOLUME,
    /** A bucket is declared. */
    NEW_BUCKET,
    /** The levels of a bucket are altered. */
    NEW_LEVELS,
    /** A person accepts that writes of some shards may be lost. */
    ACCEPT_LOSS
}
