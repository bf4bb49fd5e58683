package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import java.util.function.Consumer;

/**
 * What keeps views together beyond gossip: a full exchange with somebody now and then, a question to one of the dead, a
 * word to a seed that is missing. So whatever was cut apart finds together again, however long it took.
 */
final class Upkeep {

    private static final int SEEDS_AT_START = 3;

    private final MembershipConfig config;
    private final Courier courier;
    private final Companions companions;
    private final Seeds seeds;
    private final Sequences sequences;

    private boolean started;
    private boolean joined;
    private long nextExchangeMs;
    private long nextDeadProbeMs;
    private long nextSeedMs;
    private long nextGreetingMs;
    private long deadProbeSequence = -1;
    private Transport deadProbeTransport = Transport.TCP;

    Upkeep(MembershipConfig config, Courier courier, Companions companions, Seeds seeds, Sequences sequences) {
        this.config = config;
        this.courier = courier;
        this.companions = companions;
        this.seeds = seeds;
        this.sequences = sequences;
    }

    void onTick(long nowMs, Consumer<? super MembershipEffect> out) {
        if (!started) {
            start(nowMs, out);
        }
        if (nowMs >= nextExchangeMs) {
            nextExchangeMs = nowMs + config.upkeep().exchangeIntervalMs();
            companions.pick(1, null).forEach(peer -> exchange(peer.seed(), out));
        }
        if (joined && config.has(MembershipFlaw.FORGETS_THE_DEAD)) {
            return;
        }
        if (nowMs >= nextDeadProbeMs) {
            nextDeadProbeMs = nowMs + config.upkeep().deadProbeIntervalMs();
            askOneOfTheDead(out);
        }
        if (nowMs >= nextSeedMs) {
            nextSeedMs = nowMs
                    + (joined
                            ? config.upkeep().seedIntervalMs()
                            : config.probing().intervalMs());
            askOneSeed(out);
        }
    }

    /** Somebody exchanged with us: we know whom we can know. */
    void onExchanged() {
        joined = true;
    }

    /** Somebody held dead or gone speaks to us: what each side knows is news to the other. */
    void onReturned(long nowMs, Peer peer, Consumer<? super MembershipEffect> out) {
        if (nowMs >= nextGreetingMs) {
            nextGreetingMs = nowMs + config.probing().intervalMs();
            exchange(peer.seed(), out);
        }
    }

    /** This node stood still: ask somebody what happened meanwhile. */
    void onGap(long nowMs) {
        nextExchangeMs = nowMs;
    }

    boolean onAck(long sequence) {
        return sequence == deadProbeSequence;
    }

    private void start(long nowMs, Consumer<? super MembershipEffect> out) {
        started = true;
        joined = seeds.isEmpty();
        nextExchangeMs = nowMs + companions.jitter(config.upkeep().exchangeIntervalMs());
        nextDeadProbeMs = nowMs + companions.jitter(config.upkeep().deadProbeIntervalMs());
        nextSeedMs = nowMs + config.probing().intervalMs();
        for (int asked = 0; asked < Math.min(SEEDS_AT_START, seeds.count()); asked++) {
            askOneSeed(out);
        }
    }

    private void askOneSeed(Consumer<? super MembershipEffect> out) {
        Seed missing = seeds.nextMissing();
        if (missing != null) {
            exchange(missing, out);
        }
    }

    private void askOneOfTheDead(Consumer<? super MembershipEffect> out) {
        Peer dead = companions.nextDead();
        if (dead != null) {
            deadProbeSequence = sequences.next();
            // by turns, for networks in which only one of the two gets through
            deadProbeTransport = deadProbeTransport == Transport.UDP ? Transport.TCP : Transport.UDP;
            courier.send(dead.seed(), deadProbeTransport, new Ping(deadProbeSequence), out);
        }
    }

    private void exchange(Seed with, Consumer<? super MembershipEffect> out) {
        courier.send(with, Transport.TCP, new ExchangeRequest(courier.everything()), out);
    }
}
