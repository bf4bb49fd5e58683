package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/** What the machine tells about its work. */
public sealed interface MembershipTrace {

    /** A packet of another cluster was dropped. */
    record ForeignCluster(NodeId from, String clusterId) implements MembershipTrace {}

    /** A packet meant for another node was dropped: that node moved, or this one took over its address. */
    record Misdirected(NodeId from, NodeId to) implements MembershipTrace {}

    /** A packet came in under this node's own id: a second process with a copy of its data directory, or a loop. */
    record OwnIdSeen(Contact source) implements MembershipTrace {}

    /** A rumour about an unknown node was dropped, since {@code maxMembers} are known already. */
    record RosterFull(NodeId subject) implements MembershipTrace {}

    /** A probe began. */
    record ProbeStarted(NodeId target, long sequence) implements MembershipTrace {}

    /** The target did not answer directly; so many others were asked to try. */
    record AskedOthers(NodeId target, int relays) implements MembershipTrace {}

    /** A probe ended well, by the word of {@code by}: the target itself, or a node that we had asked. */
    record ProbeAcked(NodeId target, NodeId by, Transport transport) implements MembershipTrace {}

    /** A probe ended without an answer; {@code missingNacks} of those asked did not even say that they failed too. */
    record ProbeFailed(NodeId target, int missingNacks) implements MembershipTrace {}

    /** An answer came that nobody waits for (any more). */
    record StrayAck(NodeId from, long sequence) implements MembershipTrace {}

    /** One more node accuses a suspect; its remaining time shrinks. */
    record Confirmed(NodeId subject, NodeId accuser, int confirmations, long deadlineMs) implements MembershipTrace {}

    /** Peers held an earlier process of this node; it went above that one's incarnation. */
    record EarlierLifeFound(long incarnation) implements MembershipTrace {}

    /** The multiplier by which this node stretches its probing changed: 1 is healthy. */
    record StretchChanged(int multiplier) implements MembershipTrace {}

    /** More requests to ping others came than are carried at a time; this one was dropped. */
    record RelaysFull(NodeId from) implements MembershipTrace {}
}
