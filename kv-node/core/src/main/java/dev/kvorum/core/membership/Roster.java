package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.MemberChanged;
import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.ring.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All other members and what this node holds of them. News are ordered by (incarnation, state), so that all nodes
 * come to hold the same whatever the order in which they hear; what is new is told on.
 */
final class Roster {

    private final MembershipConfig config;
    private final NodeId self;
    private final GossipQueue gossip;
    private final TreeMap<NodeId, Peer> peers = new TreeMap<>();
    private int takingPart;

    Roster(MembershipConfig config, NodeId self, GossipQueue gossip) {
        this.config = config;
        this.self = self;
        this.gossip = gossip;
    }

    @Nullable
    Peer find(NodeId id) {
        return peers.get(id);
    }

    Collection<Peer> all() {
        return Collections.unmodifiableCollection(peers.values());
    }

    /** How many nodes take part, this one included. */
    int clusterSize() {
        return takingPart + 1;
    }

    boolean takesPart(NodeId id) {
        Peer peer = peers.get(id);
        return peer != null && peer.state.takesPart();
    }

    List<Peer> inState(MemberState state) {
        return peers.values().stream().filter(peer -> peer.state == state).toList();
    }

    /** What anyone says about another member, itself included; never about this node. */
    void hear(long nowMs, Rumour rumour, Consumer<? super MembershipEffect> out) {
        Peer peer = peers.get(rumour.subject());
        if (peer == null) {
            meet(nowMs, rumour, out);
            return;
        }
        int newer = Long.compare(rumour.incarnation(), peer.vitals.incarnation());
        if (newer < 0 && !config.has(MembershipFlaw.BELIEVES_OLDER_INCARNATIONS)) {
            return;
        }
        if (newer == 0) {
            hearSameIncarnation(nowMs, peer, rumour, out);
        } else {
            hearNewIncarnation(nowMs, peer, rumour, out);
        }
    }

    /** A member spoke for itself; remembers whether it knows less of itself than we do, so that it is told. */
    void hearSpeaker(long nowMs, Rumour word, Consumer<? super MembershipEffect> out) {
        hear(nowMs, word, out);
        Peer peer = peers.get(word.subject());
        if (peer != null) {
            peer.knowsLessOfItself = peer.vitals.newerThan(word.vitals());
        }
    }

    /** This node's own probe of the member failed. */
    void accuse(long nowMs, Peer peer, Consumer<? super MembershipEffect> out) {
        switch (peer.state) {
            case ALIVE -> becomeSuspect(nowMs, peer, self, out);
            case SUSPECT -> confirm(peer, self, out);
            case DEAD, LEFT -> {}
        }
    }

    /** Declares dead whoever did not refute in time, and forgets who left long ago. */
    void onTick(long nowMs, Consumer<? super MembershipEffect> out) {
        for (Peer peer : peers.values()) {
            Suspicion suspicion = peer.suspicion;
            if (suspicion != null
                    && nowMs >= suspicion.deadlineMs()
                    && !config.has(MembershipFlaw.NEVER_DECLARES_DEATH)) {
                become(nowMs, peer, MemberState.DEAD, self, out);
            }
        }
        peers.values().removeIf(peer -> leftLongAgo(nowMs, peer));
    }

    /** The time in which this node could not hear a refutation does not count. */
    void putOff(long nowMs, long gapMs) {
        for (Peer peer : peers.values()) {
            if (peer.suspicion != null) {
                peer.suspicion.putOff(nowMs, gapMs);
            }
        }
    }

    private boolean leftLongAgo(long nowMs, Peer peer) {
        return peer.state == MemberState.LEFT
                && nowMs - peer.sinceMs >= config.upkeep().leftRetentionMs();
    }

    private void meet(long nowMs, Rumour rumour, Consumer<? super MembershipEffect> out) {
        if (rumour.state() == MemberState.LEFT) {
            return; // else those that left would be handed around for ever
        }
        if (peers.size() >= config.upkeep().maxMembers()) {
            out.accept(new Trace(new MembershipTrace.RosterFull(rumour.subject())));
            return;
        }
        Peer peer = new Peer(rumour, nowMs);
        peers.put(peer.id, peer);
        if (rumour.state().takesPart()) {
            takingPart++;
        }
        if (rumour.state() == MemberState.SUSPECT) {
            peer.suspicion = suspicion(nowMs, rumour.accuser());
        }
        announce(peer, out);
    }

    private void hearSameIncarnation(long nowMs, Peer peer, Rumour rumour, Consumer<? super MembershipEffect> out) {
        freshen(peer, rumour.vitals(), out);
        switch (rumour.state()) {
            case ALIVE -> {}
            case SUSPECT, DEAD -> hearAccusation(nowMs, peer, rumour, out);
            case LEFT -> {
                if (peer.state != MemberState.LEFT) {
                    become(nowMs, peer, MemberState.LEFT, peer.id, out);
                }
            }
        }
    }

    private void hearAccusation(long nowMs, Peer peer, Rumour rumour, Consumer<? super MembershipEffect> out) {
        if (rumour.state() == MemberState.DEAD
                && peer.state.takesPart()
                && config.has(MembershipFlaw.BELIEVES_DEATH_AT_ONCE)) {
            become(nowMs, peer, MemberState.DEAD, rumour.accuser(), out);
            return;
        }
        switch (peer.state) {
            case ALIVE -> becomeSuspect(nowMs, peer, rumour.accuser(), out);
            case SUSPECT -> confirm(peer, rumour.accuser(), out);
            case DEAD, LEFT -> {}
        }
    }

    private void hearNewIncarnation(long nowMs, Peer peer, Rumour rumour, Consumer<? super MembershipEffect> out) {
        peer.profile = rumour.profile();
        peer.vitals = rumour.vitals();
        peer.knowsLessOfItself = false;
        switch (rumour.state()) {
            case ALIVE, LEFT -> become(nowMs, peer, rumour.state(), peer.id, out);
            case SUSPECT -> becomeSuspect(nowMs, peer, rumour.accuser(), out);
            case DEAD -> {
                // another's word kills nobody that we hold alive: it counts as an accusation, which may be refuted
                if (peer.state.takesPart() && !config.has(MembershipFlaw.BELIEVES_DEATH_AT_ONCE)) {
                    becomeSuspect(nowMs, peer, rumour.accuser(), out);
                } else {
                    become(nowMs, peer, MemberState.DEAD, rumour.accuser(), out);
                }
            }
        }
    }

    private void freshen(Peer peer, Vitals vitals, Consumer<? super MembershipEffect> out) {
        if (!vitals.newerThan(peer.vitals)) {
            return;
        }
        boolean scoreChanged = vitals.score() != peer.vitals.score();
        peer.vitals = vitals;
        if (scoreChanged) {
            announce(peer, out);
        }
    }

    private void confirm(Peer peer, NodeId accuser, Consumer<? super MembershipEffect> out) {
        Suspicion suspicion = peer.suspicion;
        if (suspicion == null || !counts(suspicion, accuser)) {
            return;
        }
        out.accept(new Trace(
                new MembershipTrace.Confirmed(peer.id, accuser, suspicion.confirmations(), suspicion.deadlineMs())));
        peer.accuser = accuser;
        gossip.add(peer.rumour());
    }

    private boolean counts(Suspicion suspicion, NodeId accuser) {
        return config.has(MembershipFlaw.COUNTS_AN_ACCUSER_TWICE)
                ? suspicion.confirmBlindly(accuser)
                : suspicion.confirm(accuser);
    }

    private void becomeSuspect(long nowMs, Peer peer, NodeId accuser, Consumer<? super MembershipEffect> out) {
        peer.suspicion = suspicion(nowMs, accuser);
        become(nowMs, peer, MemberState.SUSPECT, accuser, out);
    }

    private Suspicion suspicion(long nowMs, NodeId accuser) {
        int intervalMs = config.probing().intervalMs();
        MembershipConfig.Suspecting limits = config.suspecting();
        int othersThanUsAndSuspect = Math.max(0, clusterSize() - 2);
        return new Suspicion(
                nowMs,
                (long) limits.leastIntervals() * intervalMs,
                (long) limits.mostIntervals() * intervalMs,
                Math.min(limits.confirmations(), othersThanUsAndSuspect),
                accuser);
    }

    private void become(
            long nowMs, Peer peer, MemberState state, NodeId accuser, Consumer<? super MembershipEffect> out) {
        takingPart += (state.takesPart() ? 1 : 0) - (peer.state.takesPart() ? 1 : 0);
        if (peer.state != state) {
            peer.sinceMs = nowMs;
        }
        if (state != MemberState.SUSPECT) {
            peer.suspicion = null;
        }
        peer.state = state;
        peer.accuser = accuser;
        announce(peer, out);
    }

    private void announce(Peer peer, Consumer<? super MembershipEffect> out) {
        gossip.add(peer.rumour());
        out.accept(new MemberChanged(peer.member()));
    }
}
