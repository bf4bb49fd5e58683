package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Left;
import dev.kvorum.core.membership.MembershipEffect.LoopGap;
import dev.kvorum.core.membership.MembershipEffect.MemberChanged;
import dev.kvorum.core.membership.MembershipEffect.SelfRefuted;
import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipInput.Leave;
import dev.kvorum.core.membership.MembershipInput.ProfileChanged;
import dev.kvorum.core.membership.MembershipInput.Received;
import dev.kvorum.core.membership.MembershipInput.ScoreChanged;
import dev.kvorum.core.membership.MembershipInput.Tick;
import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.ExchangeReply;
import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.step.Machine;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Finds out who is alive, and tells everyone. One per node, on the control context.
 *
 * <p>The shell sends a {@link Tick} every {@link #TICK_MS}, hands in what arrives, and sends what the machine asks it
 * to. After a step that emitted {@link MemberChanged}, {@link #view()} is the new picture to publish.
 */
public final class Membership implements Machine<MembershipInput, MembershipEffect> {

    /** How often the shell ticks, in milliseconds; the finest time that the protocol knows. */
    public static final int TICK_MS = 100;

    private final MembershipConfig config;
    private final Own own;
    private final GossipQueue gossip = new GossipQueue();
    private final Roster roster;
    private final Courier courier;
    private final Companions companions;
    private final Relays relays;
    private final Prober prober;
    private final Upkeep upkeep;

    private long lastTickMs;
    private boolean ticked;
    private long nextBeatMs;
    private long nextGossipMs;
    private boolean leftTold;

    /**
     * @param seeds the nodes of the bootstrap document; this node itself may be among them
     * @param random a source for this machine alone
     */
    public Membership(MembershipConfig config, LocalNode node, List<Seed> seeds, RandomGenerator random) {
        this.config = config;
        own = new Own(node);
        roster = new Roster(config, own.id, gossip);
        courier = new Courier(config, own, roster, gossip);
        companions = new Companions(roster, random);
        Sequences sequences = new Sequences(random);
        relays = new Relays(config, roster, courier, sequences);
        prober = new Prober(config, roster, courier, sequences, companions);
        List<Seed> others =
                seeds.stream().filter(seed -> !seed.id().equals(own.id)).toList();
        upkeep = new Upkeep(config, courier, companions, new Seeds(others, roster, random), sequences);
    }

    /** All members as this node holds them now, itself included. */
    public MemberView view() {
        TreeMap<NodeId, Member> members = new TreeMap<>();
        members.put(own.id, own.member());
        for (Peer peer : roster.all()) {
            members.put(peer.id, peer.member());
        }
        return new MemberView(members);
    }

    @Override
    public void step(long nowMs, MembershipInput input, Consumer<? super MembershipEffect> out) {
        switch (input) {
            case Tick() -> onTick(nowMs, out);
            case Received received -> onReceived(nowMs, received, out);
            case ScoreChanged(int score) -> onScoreChanged(score, out);
            case ProfileChanged(Profile profile) -> onProfileChanged(profile, out);
            case Leave() -> onLeave(nowMs, out);
        }
    }

    private void onTick(long nowMs, Consumer<? super MembershipEffect> out) {
        if (ticked) {
            noticeGap(nowMs, nowMs - lastTickMs, out);
        }
        ticked = true;
        lastTickMs = nowMs;
        if (!own.hasLeft()) {
            beat(nowMs);
            upkeep.onTick(nowMs, out);
            relays.onTick(nowMs, out);
            prober.onTick(nowMs, out);
            roster.onTick(nowMs, out);
        }
        if (nowMs >= nextGossipMs) {
            nextGossipMs = nowMs + config.gossiping().intervalMs();
            tellNews(out);
        }
        if (own.hasLeft() && !leftTold && (!gossip.tellsOf(own.id) || roster.clusterSize() == 1)) {
            leftTold = true;
            out.accept(new Left());
        }
    }

    private void onReceived(long nowMs, Received received, Consumer<? super MembershipEffect> out) {
        MembershipPacket packet = received.packet();
        if (!isForUs(received, out)) {
            return;
        }
        boolean wasAway = isAway(packet.from());
        roster.hearSpeaker(nowMs, packet.sender(), out);
        hearAll(nowMs, packet.gossip(), out);
        onMessage(nowMs, received, out);
        Peer peer = roster.find(packet.from());
        if (wasAway && peer != null && peer.state.takesPart()) {
            upkeep.onReturned(nowMs, peer, out);
        }
    }

    private boolean isForUs(Received received, Consumer<? super MembershipEffect> out) {
        MembershipPacket packet = received.packet();
        if (!packet.clusterId().equals(own.clusterId) && !config.has(MembershipFlaw.IGNORES_THE_CLUSTER_ID)) {
            out.accept(new Trace(new MembershipTrace.ForeignCluster(packet.from(), packet.clusterId())));
            return false;
        }
        if (packet.from().equals(own.id)) {
            out.accept(new Trace(new MembershipTrace.OwnIdSeen(received.source())));
            return false;
        }
        if (!packet.to().equals(own.id) && !config.has(MembershipFlaw.ANSWERS_FOR_OTHERS)) {
            out.accept(new Trace(new MembershipTrace.Misdirected(packet.from(), packet.to())));
            return false;
        }
        return true;
    }

    private void onMessage(long nowMs, Received received, Consumer<? super MembershipEffect> out) {
        NodeId from = received.packet().from();
        Seed asker = asker(received);
        switch (received.packet().message()) {
            case Ping(long sequence) -> courier.send(asker, received.transport(), new Ack(sequence), out);
            case PingRequest request -> relays.onRequest(nowMs, asker, request, out);
            case Ack(long sequence) -> onAck(from, sequence, received.transport(), out);
            case Nack(long sequence) -> prober.onNack(from, sequence);
            case Gossip() -> {}
            case ExchangeRequest(List<Rumour> members) -> {
                hearExchange(nowMs, members, out);
                ExchangeReply reply = new ExchangeReply(courier.everything());
                courier.send(advertised(received.packet()), Transport.TCP, reply, out);
            }
            case ExchangeReply(List<Rumour> members) -> hearExchange(nowMs, members, out);
        }
    }

    private void onAck(NodeId from, long sequence, Transport transport, Consumer<? super MembershipEffect> out) {
        boolean awaited = relays.onAck(from, sequence, out)
                || prober.onAck(from, sequence, transport, out)
                || upkeep.onAck(sequence);
        if (!awaited) {
            out.accept(new Trace(new MembershipTrace.StrayAck(from, sequence)));
        }
    }

    private void onScoreChanged(int score, Consumer<? super MembershipEffect> out) {
        if (score == own.vitals().score()) {
            return;
        }
        own.score(score);
        prober.health().judge(score, out);
        announceSelf(out);
    }

    private void onProfileChanged(Profile profile, Consumer<? super MembershipEffect> out) {
        own.profile(profile);
        announceSelf(out);
    }

    private void onLeave(long nowMs, Consumer<? super MembershipEffect> out) {
        if (own.hasLeft()) {
            return;
        }
        own.leave(nowMs);
        announceSelf(out);
        tellNews(out);
    }

    /** What others could not tell us while our loop stood still is not held against them. */
    private void noticeGap(long nowMs, long gapMs, Consumer<? super MembershipEffect> out) {
        if (gapMs <= config.probing().directTimeoutMs()) {
            return;
        }
        if (!config.has(MembershipFlaw.COUNTS_ITS_OWN_PAUSES)) {
            roster.putOff(nowMs, gapMs);
            relays.clear();
            prober.abandon(nowMs);
        }
        if (gapMs > config.probing().intervalMs()) {
            prober.health().worsen(1, out);
            upkeep.onGap(nowMs);
            out.accept(new LoopGap(gapMs));
        }
    }

    private void beat(long nowMs) {
        if (nowMs >= nextBeatMs) {
            nextBeatMs = nowMs + config.probing().intervalMs();
            own.beat();
        }
    }

    private void tellNews(Consumer<? super MembershipEffect> out) {
        if (gossip.isEmpty()) {
            return;
        }
        for (Peer peer : companions.pick(config.gossiping().fanout(), null)) {
            courier.gossip(peer, out);
        }
    }

    private void hearExchange(long nowMs, List<Rumour> members, Consumer<? super MembershipEffect> out) {
        upkeep.onExchanged();
        hearAll(nowMs, members, out);
    }

    private void hearAll(long nowMs, List<Rumour> rumours, Consumer<? super MembershipEffect> out) {
        for (Rumour rumour : rumours) {
            if (rumour.subject().equals(own.id)) {
                hearOfSelf(rumour, out);
            } else {
                roster.hear(nowMs, rumour, out);
            }
        }
    }

    private void hearOfSelf(Rumour rumour, Consumer<? super MembershipEffect> out) {
        if (own.isHiddenBy(rumour)) {
            out.accept(new Trace(new MembershipTrace.EarlierLifeFound(rumour.incarnation())));
            contradict(rumour, out);
        } else if (rumour.state() != MemberState.ALIVE
                && rumour.incarnation() == own.vitals().incarnation()
                && !own.hasLeft()) {
            contradict(rumour, out);
        }
    }

    private void contradict(Rumour rumour, Consumer<? super MembershipEffect> out) {
        if (!config.has(MembershipFlaw.REFUTES_WITHOUT_RAISING)) {
            own.raiseAbove(rumour.incarnation());
        }
        announceSelf(out);
        if (rumour.state() != MemberState.ALIVE) {
            prober.health().worsen(1, out);
            out.accept(new SelfRefuted(rumour.state(), own.vitals().incarnation()));
        }
    }

    private void announceSelf(Consumer<? super MembershipEffect> out) {
        gossip.add(own.rumour());
        out.accept(new MemberChanged(own.member()));
    }

    private boolean isAway(NodeId id) {
        Peer peer = roster.find(id);
        return peer != null && !peer.state.takesPart();
    }

    /** A datagram is answered to where it came from; a stream's far end has no port of its own, so its head says. */
    private static Seed asker(Received received) {
        return switch (received.transport()) {
            case UDP -> new Seed(received.packet().from(), received.source());
            case TCP -> advertised(received.packet());
        };
    }

    private static Seed advertised(MembershipPacket packet) {
        return new Seed(packet.from(), packet.sender().profile().contact());
    }

    @Override
    public String toString() {
        return "Membership of " + own.id.shortName() + ": " + roster.clusterSize() + " take part";
    }
}
