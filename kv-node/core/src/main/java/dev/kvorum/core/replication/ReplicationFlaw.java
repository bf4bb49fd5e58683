package dev.kvorum.core.replication;

/** Bugs planted on purpose, so that the simulator can prove that it would find them. Never set in a node. */
public enum ReplicationFlaw {
    /** A replica acknowledges a write before its store is durable. */
    ACK_BEFORE_STORED,
    /** A coordinator counts itself before its own store is durable. */
    COUNT_SELF_BEFORE_STORED,
    /** Two acknowledgements of one node count as two replicas. */
    COUNT_A_NODE_TWICE,
    /** A look-up goes to the store although a newer object waits in the pending map. */
    SKIP_PENDING_MAP,
    /** An answer shows a pending version without waiting for its store. */
    SHOW_BEFORE_STORED,
    /** A home that took over overwrites what it has not read. */
    NO_TAKE_OVER_READ,
    /** A home that stood still for longer than its peers wait goes on as if nobody had replaced it. */
    OWN_PAUSE_UNNOTICED,
    /** A home goes on as if a replica that is live again could not have acted as the home meanwhile. */
    RETURN_IS_NO_TAKE_OVER,
    /** A node is a home again as soon as it answers, however often it still stands still. */
    COLD_HOME,
    /** A replica replaces its object by the one sent instead of merging. */
    REPLACE_INSTEAD_OF_MERGE,
    /** A read that met different replicas answers with the first instead of the merged state. */
    ANSWER_WITHOUT_MERGE,
    /** A read answers with the merged state before R replicas hold it. */
    ANSWER_BEFORE_REPAIR,
    /** A failed local read counts as "absent". */
    FAILED_READ_IS_ABSENT,
    /** A replica applies writes sent under an older epoch of the shard. */
    NO_FENCE_BEFORE_APPLY,
    /** A replica does not tell that the epoch moved while it stored, and the coordinator does not re-count. */
    NO_FENCE_AFTER_APPLY,
    /** A node that may have lost its unsynced tail votes in reads at once. */
    TORN_TAIL_VOTES,
    /** A write that failed after its frames left is called not applied. */
    UNKNOWN_IS_NOT_APPLIED,
    /** A forwarded request that arrives twice is carried out twice. */
    REPEAT_FORWARDED,
    /** The actor goes on after a failed store, so that it claims dots that it does not hold. */
    ACTOR_OUTLIVES_FAILED_STORE,
    /** A context covers all of an actor's dots up to its highest. */
    CONTEXT_AS_PLAIN_VECTOR,
    /** Incomplete replicas are asked for votes, and give them. */
    INCOMPLETE_VOTES,
    /** An incomplete replica is a home like any other. */
    INCOMPLETE_HOME,
    /** A home that takes over counts the incomplete replicas as read. */
    TAKE_OVER_COUNTS_INCOMPLETE,
    /** A machine says that it is settled as soon as it acts by the new rows. */
    SETTLED_AT_ONCE,
    /** Other buckets and shortfalls are taken only together with a higher epoch. */
    EQUAL_EPOCH_IGNORED,
    /** Acknowledgements that were given under a former row of the shard count under the present one. */
    FORMER_ACKS_COUNT,
    /** A shard that may have lost writes goes on before anybody accepted that. */
    LOSS_UNNOTICED,
    /** A home goes on as settled although writes may be on fewer replicas by now. */
    FALLEN_LEVEL_UNNOTICED,
    /** After an accepted loss any W replicas hold a write, even if all of them are incomplete. */
    HELD_BY_INCOMPLETE
}
