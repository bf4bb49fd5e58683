package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses with whom to speak: whom to probe next, whom to ask for help, which of the dead to try. */
final class Companions {

    private final Roster roster;
    private final RandomGenerator random;
    private final ProbeOrder probeOrder;
    private @Nullable NodeId lastDead;

    Companions(Roster roster, RandomGenerator random) {
        this.roster = roster;
        this.random = random;
        probeOrder = new ProbeOrder(random);
    }

    /** The next member of the shuffled round, or null when this node is alone. */
    @Nullable
    Peer nextToProbe() {
        for (Peer peer : roster.all()) {
            if (peer.state.takesPart()) {
                probeOrder.addIfAbsent(peer.id);
            }
        }
        NodeId next = probeOrder.next(roster::takesPart);
        return next == null ? null : roster.find(next);
    }

    /** At most so many different members that take part, at random. */
    List<Peer> pick(int most, @Nullable NodeId except) {
        List<Peer> candidates = new ArrayList<>();
        for (Peer peer : roster.all()) {
            if (peer.state.takesPart() && !peer.id.equals(except)) {
                candidates.add(peer);
            }
        }
        List<Peer> picked = new ArrayList<>();
        while (picked.size() < most && !candidates.isEmpty()) {
            picked.add(candidates.remove(random.nextInt(candidates.size())));
        }
        return picked;
    }

    /** A random part of the period, so that nodes started together do not act together. */
    long jitter(int periodMs) {
        return random.nextInt(periodMs);
    }

    /** One of the dead after another, or null when there are none. */
    @Nullable
    Peer nextDead() {
        List<Peer> dead = roster.inState(MemberState.DEAD);
        if (dead.isEmpty()) {
            return null;
        }
        NodeId last = lastDead;
        Peer next = dead.stream()
                .filter(peer -> last == null || peer.id.compareTo(last) > 0)
                .findFirst()
                .orElse(dead.getFirst());
        lastDead = next.id;
        return next;
    }
}
