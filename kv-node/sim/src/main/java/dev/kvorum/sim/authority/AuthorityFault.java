package dev.kvorum.sim.authority;

/** What can happen to a node, its volume, and the cluster's good name. */
enum AuthorityFault {
    /** A process ends; of what it had not synced a beginning is there afterwards. */
    KILL,
    /** A machine loses power, and all that was not synced. */
    POWER,
    /** All machines lose power. */
    POWER_ALL,
    /** A process stands still. */
    PAUSE,
    /** The nodes fall into two groups that do not hear each other. */
    SPLIT,
    /** One node is not heard, or does not hear. */
    ONE_WAY,
    /** Two groups hear each other only through one node. */
    BRIDGE,
    /** Nothing gets through between two nodes for a short while. */
    CLOG,
    /** A disk becomes up to a hundred times slower. */
    SLOW_DISK,
    /** A clock jumps ahead. */
    CLOCK_JUMP,
    /** A volume comes back empty, without even its node's id; perhaps twice in a row. */
    WIPE,
    /** What was synced is damaged; the volume still knows whose it is. */
    DAMAGE,
    /** A volume is replaced by a copy of itself that was made earlier. */
    OLD_COPY,
    /** What a volume holds is an earlier copy, while its count of starts is the present one. */
    ROLLED_BACK,
    /** A volume that was given up is put back. */
    FORMER_VOLUME,
    /** Somebody elsewhere claims to be the node, on an empty volume. */
    THIEF,
    /** A copy of the node's volume is started elsewhere while the node runs. */
    CLONE,
    /** A node of another cluster is pointed at this one. */
    FOREIGNER,
    /** A node is stopped and declared lost; later its volume comes back after all. */
    LOSS,
    /** A person or operator asks for a thousand things at once, and once more for the first of them. */
    FLOOD
}
