package dev.kvorum.core.membership;

/** What others hold of a member; within one incarnation a later constant overrides an earlier one. */
public enum MemberState {
    /** It answers, or nobody has found that it does not. */
    ALIVE,
    /** Neither we nor the nodes that we asked reached it, or somebody says so; it may still refute. */
    SUSPECT,
    /** It did not refute in time. It is still asked from time to time, and is back as soon as it answers. */
    DEAD,
    /** It said good-bye. */
    LEFT;

    /** Whether the member still takes part in probing and gossip: it is alive, or only suspected. */
    public boolean takesPart() {
        return this == ALIVE || this == SUSPECT;
    }
}
