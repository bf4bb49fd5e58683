package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ConsensusEffect.Accepted;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.Position;
import dev.kvorum.core.consensus.Refusal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What clients of one process wait for. */
final class Requests {

    /** Who asked. */
    interface Asker {
        /** Done; the state right after a write, or at a read. */
        void onDone(Registers state);

        /** It has no effect and never will. */
        void onFailed(@Nullable Refusal refusal);
    }

    private record Placed(long term, Asker asker) {}

    private final TreeMap<Long, Asker> asked = new TreeMap<>();
    private final TreeMap<Long, Placed> placed = new TreeMap<>();
    private long lastId;

    /** Notes who asks; the number goes with the request. */
    long add(Asker asker) {
        asked.put(++lastId, asker);
        return lastId;
    }

    void onAccepted(Accepted accepted) {
        Asker asker = asked.remove(accepted.requestId());
        Position position = accepted.position();
        if (asker != null) {
            placed.put(position.index(), new Placed(position.term(), asker));
        }
    }

    void onRefused(Refused refused) {
        Asker asker = asked.remove(refused.requestId());
        if (asker != null) {
            asker.onFailed(refused.refusal());
        }
    }

    void onReadReady(long requestId, Registers state) {
        Asker asker = asked.remove(requestId);
        if (asker != null) {
            asker.onDone(state);
        }
    }

    void onApplied(Entry entry, Registers state) {
        Placed request = placed.remove(entry.index());
        if (request == null) {
            return;
        }
        if (request.term == entry.term()) {
            request.asker.onDone(state);
        } else {
            request.asker.onFailed(null);
        }
    }

    /** A state was installed over entries whose fate is unknown here. */
    void forgetWrites() {
        placed.clear();
    }

    void forgetAll() {
        asked.clear();
        placed.clear();
    }
}
