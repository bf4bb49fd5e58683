package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/** This node's word about itself. Nobody else raises its incarnation. */
final class Own {

    final String clusterId;
    final NodeId id;

    private Profile profile;
    private Vitals vitals;
    private MemberState state = MemberState.ALIVE;
    private long sinceMs;

    Own(LocalNode node) {
        clusterId = node.clusterId();
        id = node.id();
        profile = node.profile();
        vitals = new Vitals(node.incarnation(), 0, Vitals.HEALTHY);
    }

    Vitals vitals() {
        return vitals;
    }

    boolean hasLeft() {
        return state == MemberState.LEFT;
    }

    Rumour rumour() {
        return new Rumour(id, profile, state, vitals, id);
    }

    Member member() {
        return new Member(id, profile, state, vitals, sinceMs);
    }

    /** Whether the rumour is about an earlier process of this node, and would hide what this one says. */
    boolean isHiddenBy(Rumour rumour) {
        return rumour.vitals().newerThan(vitals)
                || (rumour.incarnation() == vitals.incarnation()
                        && !rumour.profile().equals(profile));
    }

    void beat() {
        vitals = vitals.beat();
    }

    void raiseAbove(long incarnation) {
        long above = Math.min(incarnation, Vitals.MOST_INCARNATION - 1) + 1;
        vitals = vitals.withIncarnation(Math.max(vitals.incarnation(), above));
    }

    void score(int score) {
        vitals = vitals.withScore(score).beat(); // else others would not see that it is newer
    }

    void profile(Profile changed) {
        profile = changed;
        raiseAbove(vitals.incarnation());
    }

    void leave(long nowMs) {
        state = MemberState.LEFT;
        sinceMs = nowMs;
    }
}
