package dev.kvorum.core.consensus;

/** What a replica is doing (dissertation 3.3, and 9.6 for pre-candidates). Learners are followers that never stand. */
public enum Role {
    FOLLOWER,
    /** Asks whether an election would make sense, without a new term. */
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER,
    /** Has lost what it promised; takes no part any more, until it comes back as another replica. */
    LOST
}
