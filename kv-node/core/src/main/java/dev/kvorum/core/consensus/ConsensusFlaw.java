package dev.kvorum.core.consensus;

/**
 * Mistakes that the machine makes on demand, so that its simulation is seen to catch them. The set in
 * {@link ConsensusConfig#flaws()} is empty in production, and nothing but tests fills it.
 */
public enum ConsensusFlaw {
    /** Tells a vote before it is durable. */
    VOTE_BEFORE_STORED,
    /** Commits by heartbeat, up to the end of a log, what no append of the term has shown to agree. */
    HEARTBEAT_COMMITS_UNSEEN,
    /** Acknowledges entries before they are durable. */
    ACK_BEFORE_STORED,
    /** As leader, counts its own copy of an entry before that is durable. */
    COUNT_SELF_BEFORE_STORED,
    /** Votes again in a term in which it has voted for another. */
    VOTES_TWICE,
    /** Votes for whoever asks, however far behind its log is. */
    VOTES_FOR_STALE_LOG,
    /** Commits an entry of an earlier term because a majority holds it (dissertation, figure 3.7). */
    COMMIT_OLD_TERM_BY_COUNTING,
    /** Counts acknowledgements of a term in which it led before. */
    COUNT_OLD_ACKS,
    /** Cuts off what follows the entries of a message although nothing contradicts. */
    TRUNCATE_ON_STALE_APPEND,
    /** Takes entries without looking whether those before them agree. */
    APPEND_WITHOUT_MATCH,
    /** Answers reads before an entry of its own term is committed. */
    READ_WITHOUT_NO_OP,
    /** Answers reads without asking whether it still leads. */
    READ_WITHOUT_ROUND,
    /** Takes any answer to a heartbeat for one to the round that confirms a read. */
    READ_COUNTS_OLD_ROUND,
    /** Answers pre-votes and votes although its leader was heard just now. */
    LEASE_IGNORED,
    /** Installs snapshots without the configuration that they carry. */
    SNAPSHOT_WITHOUT_CONFIGURATION,
    /** Begins a change of configuration while another one is not committed. */
    TWO_CHANGES_AT_ONCE,
    /** Begins a change of configuration before an entry of its own term is committed (raft-dev, July 2015). */
    CHANGE_BEFORE_OWN_COMMIT,
    /** Goes on with a configuration whose entry was cut off. */
    KEEPS_CUT_CONFIGURATION,
    /** Counts learners towards majorities of copies. */
    LEARNER_COUNTS,
    /** Cuts a log at an entry that was synced and is damaged, and goes on under the same identity. */
    DAMAGE_IS_TORN_TAIL
}
