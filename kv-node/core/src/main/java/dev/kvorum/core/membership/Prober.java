package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member per interval: a datagram, then, without an answer, datagrams through others and a ping over a stream,
 * and only when all of that stays silent is the member accused.
 */
final class Prober {

    private final MembershipConfig config;
    private final Roster roster;
    private final Courier courier;
    private final Sequences sequences;
    private final Companions companions;
    private final LocalHealth health;

    private @Nullable Probe probe;
    private long nextAtMs;

    Prober(MembershipConfig config, Roster roster, Courier courier, Sequences sequences, Companions companions) {
        this.config = config;
        this.roster = roster;
        this.courier = courier;
        this.sequences = sequences;
        this.companions = companions;
        health = new LocalHealth(config.probing().mostAwareness());
    }

    LocalHealth health() {
        return health;
    }

    void onTick(long nowMs, Consumer<? super MembershipEffect> out) {
        Probe current = probe;
        if (current != null && !current.acked && !current.othersAsked && nowMs >= current.directUntilMs) {
            askOthers(current, out);
        }
        if (nowMs >= nextAtMs) {
            if (current != null && !current.acked) {
                fail(nowMs, current, out);
            }
            begin(nowMs, out);
        }
    }

    /** Takes an answer if it is one to the probe in flight. */
    boolean onAck(NodeId from, long sequence, Transport transport, Consumer<? super MembershipEffect> out) {
        Probe current = probe;
        if (current == null) {
            return false;
        }
        if (!isAnswer(current, from, sequence)) {
            return false;
        }
        if (!current.acked) {
            current.acked = true;
            health.improve(out);
            out.accept(new Trace(new MembershipTrace.ProbeAcked(current.target, from, transport)));
        }
        return true;
    }

    void onNack(NodeId from, long sequence) {
        if (probe != null && probe.sequence == sequence) {
            probe.hearNack(from);
        }
    }

    /** Gives up the probe in flight without a verdict: this node itself stood still. */
    void abandon(long nowMs) {
        probe = null;
        nextAtMs = nowMs;
    }

    private boolean isAnswer(Probe current, NodeId from, long sequence) {
        return config.has(MembershipFlaw.ACCEPTS_ANY_ACK)
                || (sequence == current.sequence
                        && (current.trusts(from) || config.has(MembershipFlaw.ANSWERS_FOR_OTHERS)));
    }

    private void begin(long nowMs, Consumer<? super MembershipEffect> out) {
        Peer target = companions.nextToProbe();
        if (target == null) {
            probe = null;
            return;
        }
        int stretch = health.multiplier();
        nextAtMs = nowMs + (long) stretch * config.probing().intervalMs();
        long directUntilMs = nowMs + (long) stretch * config.probing().directTimeoutMs();
        probe = new Probe(target, sequences.next(), directUntilMs);
        out.accept(new Trace(new MembershipTrace.ProbeStarted(target.id, probe.sequence)));
        courier.send(target.seed(), Transport.UDP, new Ping(probe.sequence), out);
    }

    private void askOthers(Probe current, Consumer<? super MembershipEffect> out) {
        current.othersAsked = true;
        Peer target = roster.find(current.target);
        if (target == null || config.has(MembershipFlaw.SKIPS_INDIRECT_PROBES)) {
            return;
        }
        for (Peer relay : companions.pick(config.probing().indirectProbes(), current.target)) {
            current.ask(relay.id);
            courier.send(relay.seed(), Transport.UDP, new PingRequest(current.sequence, current.target), out);
        }
        courier.send(target.seed(), Transport.TCP, new Ping(current.sequence), out);
        out.accept(new Trace(new MembershipTrace.AskedOthers(current.target, current.relays())));
    }

    private void fail(long nowMs, Probe failed, Consumer<? super MembershipEffect> out) {
        Peer target = roster.find(failed.target);
        if (target == null || !target.state.takesPart()) {
            return;
        }
        if (target.vitals.incarnation() != failed.incarnation) {
            return; // it restarted or refuted meanwhile: the one whom we asked is not the one who would be accused
        }
        out.accept(new Trace(new MembershipTrace.ProbeFailed(failed.target, failed.missingNacks())));
        health.worsen(failed.relays() == 0 ? 1 : failed.missingNacks(), out);
        roster.accuse(nowMs, target, out);
    }
}
