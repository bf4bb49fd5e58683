package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The pings that this node sends in the place of others, and what it owes them. Bounded. */
final class Relays {

    private static final int MOST = 256;

    private final MembershipConfig config;
    private final Roster roster;
    private final Courier courier;
    private final Sequences sequences;
    private final TreeMap<Long, Relay> bySequence = new TreeMap<>();

    Relays(MembershipConfig config, Roster roster, Courier courier, Sequences sequences) {
        this.config = config;
        this.roster = roster;
        this.courier = courier;
        this.sequences = sequences;
    }

    void onRequest(long nowMs, Seed origin, PingRequest request, Consumer<? super MembershipEffect> out) {
        Peer target = roster.find(request.target());
        if (target == null) {
            courier.send(origin, Transport.UDP, new Nack(request.sequence()), out);
        } else if (bySequence.size() >= MOST) {
            out.accept(new Trace(new MembershipTrace.RelaysFull(origin.id())));
        } else {
            long sequence = sequences.next();
            bySequence.put(sequence, relay(nowMs, origin, request));
            courier.send(target.seed(), Transport.UDP, new Ping(sequence), out);
        }
    }

    /** Passes an answer on to whom it is owed; false when it answers no ping of ours for others. */
    boolean onAck(NodeId from, long sequence, Consumer<? super MembershipEffect> out) {
        Relay relay = bySequence.get(sequence);
        if (relay == null || !relay.target().equals(from)) {
            return false;
        }
        bySequence.remove(sequence);
        courier.send(relay.origin(), Transport.UDP, new Ack(relay.sequence()), out);
        return true;
    }

    void onTick(long nowMs, Consumer<? super MembershipEffect> out) {
        Iterator<Map.Entry<Long, Relay>> entries = bySequence.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Long, Relay> entry = entries.next();
            Relay relay = entry.getValue();
            if (nowMs >= relay.nackAtMs()) {
                courier.send(relay.origin(), Transport.UDP, new Nack(relay.sequence()), out);
                entry.setValue(relay.nacked());
            }
            if (nowMs >= relay.expiresAtMs()) {
                entries.remove();
            }
        }
    }

    void clear() {
        bySequence.clear();
    }

    private Relay relay(long nowMs, Seed origin, PingRequest request) {
        // early enough to reach the origin before its probe ends
        int nackAfterMs = config.probing().directTimeoutMs() * 4 / 5;
        int keptMs = 2 * config.probing().intervalMs();
        return new Relay(origin, request.sequence(), request.target(), nowMs + nackAfterMs, nowMs + keptMs);
    }
}
