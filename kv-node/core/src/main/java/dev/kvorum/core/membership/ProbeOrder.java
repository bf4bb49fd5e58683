package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The shuffled list that probing goes round (SWIM, section 4.3): whoever fails is asked within two rounds, and no two
 * nodes ask in the same order. Shuffled anew after each round; who is new enters at a random place.
 */
final class ProbeOrder {

    private final List<NodeId> order = new ArrayList<>();
    private final RandomGenerator random;
    private int next;

    ProbeOrder(RandomGenerator random) {
        this.random = random;
    }

    void addIfAbsent(NodeId id) {
        if (order.contains(id)) {
            return;
        }
        int place = random.nextInt(order.size() + 1);
        order.add(place, id);
        if (place < next) {
            next++;
        }
    }

    /** The next one that is wanted, or null when none is; who is not wanted any more leaves the list. */
    @Nullable
    NodeId next(Predicate<NodeId> wanted) {
        while (!order.isEmpty()) {
            if (next >= order.size()) {
                Collections.shuffle(order, random);
                next = 0;
            }
            NodeId candidate = order.get(next);
            if (wanted.test(candidate)) {
                next++;
                return candidate;
            }
            order.remove(next);
        }
        return null;
    }
}
