package dev.kvorum.sim.group;

/** What can go wrong around sound replicas. */
public enum GroupFault {
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
    /** Something that was synced is damaged or gone. */
    DAMAGE,
    /** A volume is empty. */
    WIPE,
    /** A volume is replaced by an earlier copy of itself. */
    OLD_COPY,
    /** The lead is handed to somebody. */
    HAND_OVER,
    /** Other nodes should vote from now on. */
    NEW_VOTERS,
    /** A clock jumps ahead, as after a suspended machine. */
    CLOCK_JUMP,
    /** A leader stands still while another takes over, and is read from before it hears of that. */
    STALE_LEADER,
    /** A leader is cut off with a few others, goes on, is replaced, and then leads again. */
    REELECTION,
    /** What a node received before is delivered to it again, above all as soon as it leads. */
    REPLAY
}
