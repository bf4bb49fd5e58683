package dev.kvorum.core.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The nodes of the bootstrap document, of which those are of interest that are not among the living. */
final class Seeds {

    private final List<Seed> order;
    private final Roster roster;
    private int next;

    Seeds(List<Seed> seeds, Roster roster, RandomGenerator random) {
        order = new ArrayList<>(seeds);
        Collections.shuffle(order, random);
        this.roster = roster;
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    int count() {
        return order.size();
    }

    /** The next seed that we have never met, or hold dead; null when there is none. */
    @Nullable
    Seed nextMissing() {
        for (int tried = 0; tried < order.size(); tried++) {
            Seed seed = order.get(next);
            next = (next + 1) % order.size();
            Peer peer = roster.find(seed.id());
            if (peer == null || peer.state == MemberState.DEAD) {
                return seed;
            }
        }
        return null;
    }
}
