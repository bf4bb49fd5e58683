package dev.kvorum.core.replication;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Finds out when all that began under former rows has ended, so that the barrier of their shards may pass. Numbers
 * grow, so what is older than a change of rows is known by its number; what waits for the turn of its key has none, and
 * is known by a {@link Milestone} behind it.
 *
 * <p>First everything that may still submit a store ends, then the stores that are there by then. Rounds end in order,
 * whatever comes meanwhile.
 */
final class Settling {

    /** Stands in the queue of a key; what was before it has ended when its turn comes. */
    static final class Milestone {
        private final Round round;

        private Milestone(Round round) {
            this.round = round;
        }

        void reach() {
            round.milestones--;
        }
    }

    /** What one change of rows found begun. */
    static final class Round {
        final long epoch;
        private final BitSet shards = new BitSet();

        /** Whatever began later is not waited for. */
        private final long lastId;

        private int milestones;

        /** The last of the stores to wait for; 0 while more may come. */
        private long lastStoreId;

        private Round(long epoch, List<Integer> changed, long lastId) {
            this.epoch = epoch;
            this.lastId = lastId;
            changed.forEach(shards::set);
        }

        boolean concerns(int shard) {
            return shards.get(shard);
        }

        Milestone milestone() {
            milestones++;
            return new Milestone(this);
        }
    }

    private final Surroundings here;
    private final LongMap<ClientOperation> operations;
    private final LocalObjects objects;
    private final Replica replica;
    private final Deque<Round> rounds = new ArrayDeque<>();

    Settling(Surroundings here, LongMap<ClientOperation> operations, LocalObjects objects, Replica replica) {
        this.here = here;
        this.operations = operations;
        this.objects = objects;
        this.replica = replica;
    }

    /** The rows of these shards are others from now on. */
    void begin(List<Integer> changed) {
        Round round = new Round(here.ring().epoch(), changed, here.nextId());
        objects.mark(round);
        rounds.add(round);
        look();
    }

    /** To be called now and then; costs nothing while nothing is waited for. */
    void look() {
        for (Round round = rounds.peek(); round != null && isOver(round); round = rounds.peek()) {
            rounds.remove();
            here.emit(new ReplicationEffect.Settled(round.epoch));
        }
    }

    private boolean isOver(Round round) {
        if (here.config.has(ReplicationFlaw.SETTLED_AT_ONCE)) {
            return true;
        }
        if (round.lastStoreId == 0) {
            if (mayStillStore(round)) {
                return false;
            }
            round.lastStoreId = here.nextId();
        }
        return !objects.hasStores(round, round.lastStoreId);
    }

    private boolean mayStillStore(Round round) {
        return round.milestones > 0
                || operations.anyUpTo(round.lastId, operation -> round.concerns(operation.shard))
                || objects.hasLooks(round, round.lastId)
                || replica.hasScans(round, round.lastId);
    }
}
