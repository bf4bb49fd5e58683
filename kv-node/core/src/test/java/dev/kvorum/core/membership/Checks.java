package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.MemberChanged;
import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.ring.NodeId;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** What must hold after every step of every node, whatever the world does; and counts of what happened. */
final class Checks {

    /** A broken promise; the message says which, by whom and when. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /** Nothing but pauses of processes happens: a failed probe needs a target that was paused. */
    boolean onlyPauses;

    /** Nothing happens that could justify a suspicion. */
    boolean nothingWrong;

    /** Counts only; for machines with planted mistakes, whose harm is measured. */
    boolean lenient;

    /** Whose suspicions and deaths are counted. */
    IntPredicate victims = number -> true;

    long suspicions;
    long falseDeaths;
    long pureGossipSent;
    int largestDatagram;

    private long story;
    private final World world;
    private final MembershipConfig config;

    Checks(World world, MembershipConfig config) {
        this.world = world;
        this.config = config;
    }

    /** A hash of all packets in order: the same for the same seed. */
    long story() {
        return story;
    }

    void onSend(SimNode from, Send send, byte[] encoded) {
        int sizeBytes = encoded.length;
        story = (story * 31 + world.nowMs) * 31 + Arrays.hashCode(encoded);
        from.packets++;
        from.bytes += sizeBytes;
        if (send.packet().message() instanceof Gossip) {
            pureGossipSent++;
        }
        if (send.transport() == Transport.UDP) {
            largestDatagram = Math.max(largestDatagram, sizeBytes);
            require(sizeBytes <= 1_200, from, "sends a datagram of " + sizeBytes + " bytes");
        }
    }

    void onEffect(SimNode node, MembershipEffect effect) {
        if (effect instanceof MemberChanged(Member member)) {
            onChanged(node, member);
        } else if (effect instanceof Trace(MembershipTrace event)) {
            onTrace(node, event);
        }
    }

    private void onChanged(SimNode node, Member member) {
        long before = node.incarnationSeen.getOrDefault(member.id(), 0L);
        require(member.incarnation() >= before, node, "goes back to an older incarnation of " + member);
        node.incarnationSeen.put(member.id(), member.incarnation());
        SimNode subject = world.node(member.id());
        require(subject.cluster.equals(node.cluster), node, "takes in a node of another cluster");
        if (member.id().equals(node.id)) {
            boolean livesOrLeft = member.state() == MemberState.ALIVE || member.state() == MemberState.LEFT;
            require(livesOrLeft, node, "says of itself that it is " + member.state());
            return;
        }
        onState(node, subject, member);
    }

    private void onState(SimNode node, SimNode subject, Member member) {
        Member before = node.held.put(member.id(), member);
        MemberState stateBefore = before == null ? MemberState.DEAD : before.state();
        boolean stillSuspect = stateBefore == MemberState.SUSPECT && member.state() == MemberState.SUSPECT;
        if (!stillSuspect || before == null || before.incarnation() != member.incarnation()) {
            node.accusers.remove(member.id());
        }
        if (member.state() == MemberState.SUSPECT && !stillSuspect) {
            suspicions += victims.test(subject.number) ? 1 : 0;
            require(!nothingWrong || !subject.isUp(), node, "suspects " + subject + " although nothing is wrong");
            node.suspectSinceMs.put(member.id(), world.nowMs - node.pausedTotalMs);
        }
        if (member.state() == MemberState.DEAD && stateBefore.takesPart()) {
            onDeath(node, subject, stateBefore);
        }
    }

    private void onDeath(SimNode node, SimNode subject, MemberState stateBefore) {
        if (subject.isUp() && victims.test(subject.number)) {
            falseDeaths++;
        }
        long leastMs =
                (long) config.suspecting().leastIntervals() * config.probing().intervalMs();
        long runningMs = world.nowMs - node.pausedTotalMs;
        long suspectMs = runningMs - node.suspectSinceMs.getOrDefault(subject.id, runningMs);
        require(
                stateBefore == MemberState.SUSPECT && suspectMs >= leastMs,
                node,
                "declares " + subject + " dead, whom it held " + stateBefore + " for " + suspectMs + " running ms");
    }

    private void onTrace(SimNode node, MembershipTrace event) {
        switch (event) {
            case MembershipTrace.ProbeStarted(NodeId target, long _) -> node.probeStartedMs.put(target, world.nowMs);
            case MembershipTrace.ProbeAcked(NodeId target, NodeId by, Transport _) -> onProbeAcked(node, target, by);
            case MembershipTrace.ProbeFailed(NodeId target, int _) -> onProbeFailed(node, world.node(target));
            case MembershipTrace.Confirmed(NodeId subject, NodeId accuser, int _, long _) -> {
                TreeSet<NodeId> known = node.accusers.computeIfAbsent(subject, _ -> new TreeSet<>());
                require(known.add(accuser), node, "counts one accuser of " + world.node(subject) + " twice");
            }
            case MembershipTrace.ForeignCluster _,
                    MembershipTrace.Misdirected _,
                    MembershipTrace.OwnIdSeen _,
                    MembershipTrace.RosterFull _,
                    MembershipTrace.AskedOthers _,
                    MembershipTrace.StrayAck _,
                    MembershipTrace.EarlierLifeFound _,
                    MembershipTrace.StretchChanged _,
                    MembershipTrace.RelaysFull _ -> {}
        }
    }

    private void onProbeAcked(SimNode node, NodeId target, NodeId by) {
        SimNode subject = world.node(target);
        long startedMs = node.probeStartedMs.getOrDefault(target, 0L);
        require(
                subject.isUp() || subject.downSinceMs >= startedMs,
                node,
                "takes the word of " + world.node(by) + " for an answer of " + subject + ", which is down");
    }

    private void onProbeFailed(SimNode node, SimNode target) {
        long startedMs = node.probeStartedMs.getOrDefault(target.id, 0L);
        boolean wasPaused = target.paused || target.resumedMs >= startedMs;
        require(!onlyPauses || wasPaused || !target.isUp(), node, "blames " + target + " for a pause of its own");
    }

    void require(boolean holds, Object who, String what) {
        if (!holds && !lenient) {
            throw new Broken(who + " " + what + " at " + world.nowMs + " ms");
        }
    }
}
