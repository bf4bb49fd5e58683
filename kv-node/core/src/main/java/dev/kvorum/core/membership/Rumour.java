package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/**
 * What one node says about a member: in gossip, in exchanges, and about itself at the head of each packet.
 *
 * @param accuser who suspects the subject or declared it dead; the subject itself when it is alive or has left, since
 *     only it can say so
 */
public record Rumour(NodeId subject, Profile profile, MemberState state, Vitals vitals, NodeId accuser) {

    public Rumour {
        if (state == MemberState.ALIVE || state == MemberState.LEFT) {
            accuser = subject;
        }
    }

    public long incarnation() {
        return vitals.incarnation();
    }
}
