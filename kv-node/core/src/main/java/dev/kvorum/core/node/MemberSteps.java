package dev.kvorum.core.node;

import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConfigurationChange;
import dev.kvorum.core.consensus.ReplicaId;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The next of the single steps that lead from the log's configuration to the one decided. */
final class MemberSteps {

    private MemberSteps() {}

    /**
     * First those that shall vote learn, then volumes that were replaced leave, then the former vote, then whoever
     * shall not stay leaves, and then the others learn. A voter that shall only learn leaves, and comes back; but first
     * those leave that are gone for good, since every live voter that left before them would bring a majority nearer to
     * its end.
     *
     * @return null when nothing is left to do
     */
    static @Nullable ConfigurationChange next(
            Configuration now, SortedSet<ReplicaId> voters, SortedSet<ReplicaId> learners) {
        TreeSet<ReplicaId> all = new TreeSet<>(voters);
        all.addAll(learners);
        ConfigurationChange step = join(now, voters);
        step = step != null ? step : leave(now, id -> isReplaced(id, all));
        step = step != null ? step : promote(now, voters);
        step = step != null ? step : leave(now, id -> !all.contains(id));
        step = step != null ? step : leave(now, id -> now.isVoter(id) && !voters.contains(id));
        return step != null ? step : join(now, learners);
    }

    private static @Nullable ConfigurationChange join(Configuration now, SortedSet<ReplicaId> wanted) {
        for (ReplicaId id : wanted) {
            if (!now.contains(id)) {
                return new ConfigurationChange.AddLearner(id);
            }
        }
        return null;
    }

    private static @Nullable ConfigurationChange promote(Configuration now, SortedSet<ReplicaId> voters) {
        for (ReplicaId id : voters) {
            if (!now.isVoter(id)) {
                return new ConfigurationChange.Promote(id);
            }
        }
        return null;
    }

    private static @Nullable ConfigurationChange leave(Configuration now, Predicate<ReplicaId> goes) {
        for (ReplicaId id : now.all()) {
            boolean isLast = now.isVoter(id) && now.voters().size() == 1;
            if (goes.test(id) && !isLast) {
                return new ConfigurationChange.Remove(id);
            }
        }
        return null;
    }

    /** Whether the same node has another volume by now. */
    private static boolean isReplaced(ReplicaId id, SortedSet<ReplicaId> all) {
        return all.stream().anyMatch(other -> other.node().equals(id.node()) && !other.equals(id));
    }

    static SortedSet<Seat> seats(Collection<ReplicaId> replicas) {
        TreeSet<Seat> seats = new TreeSet<>();
        replicas.forEach(id -> seats.add(new Seat(id.node(), new VolumeId(id.volumeHigh(), id.volumeLow()))));
        return seats;
    }

    static SortedSet<ReplicaId> replicas(Collection<Seat> seats) {
        TreeSet<ReplicaId> replicas = new TreeSet<>();
        seats.forEach(seat -> replicas.add(replica(seat)));
        return replicas;
    }

    static ReplicaId replica(Seat seat) {
        return new ReplicaId(seat.node(), seat.volume().high(), seat.volume().low());
    }
}
