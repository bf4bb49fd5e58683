package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/**
 * A node as this node sees it.
 *
 * @param sinceMs when this node came to hold {@code state}, on its own monotonic clock
 */
public record Member(NodeId id, Profile profile, MemberState state, Vitals vitals, long sinceMs) {

    public long incarnation() {
        return vitals.incarnation();
    }

    public long heartbeat() {
        return vitals.heartbeat();
    }

    /** How well the member works by its own judgement, in per cent: 100 is healthy. */
    public int score() {
        return vitals.score();
    }
}
