package dev.kvorum.core.consensus;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who belongs to a group (dissertation 4.1, 4.2.1): voters decide, learners only hold the log.
 *
 * @param voters at most {@link #MOST_VOTERS}; none in a replica that has not heard of its group yet
 * @param learners disjoint from the voters
 */
public record Configuration(SortedSet<ReplicaId> voters, SortedSet<ReplicaId> learners) {

    /** More voters only slow a group down. */
    public static final int MOST_VOTERS = 15;

    /** A bound for readers of bytes, above any cluster's size. */
    public static final int MOST_LEARNERS = 4_096;

    /** What a replica knows that was never told. */
    public static final Configuration NONE = new Configuration(new TreeSet<>(), new TreeSet<>());

    public Configuration {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        learners = Collections.unmodifiableSortedSet(new TreeSet<>(learners));
        if (voters.size() > MOST_VOTERS || learners.size() > MOST_LEARNERS) {
            throw new IllegalArgumentException("a group has at most " + MOST_VOTERS + " voters and " + MOST_LEARNERS
                    + " learners, not " + voters.size() + " and " + learners.size());
        }
        if (!Collections.disjoint(voters, learners)) {
            throw new IllegalArgumentException("a replica is a voter or a learner, not both");
        }
    }

    /** The founding configuration: voters only. */
    public static Configuration ofVoters(Collection<ReplicaId> voters) {
        return new Configuration(new TreeSet<>(voters), new TreeSet<>());
    }

    /** How many voters decide. */
    public int majority() {
        return voters.size() / 2 + 1;
    }

    public boolean isVoter(ReplicaId id) {
        return voters.contains(id);
    }

    public boolean contains(ReplicaId id) {
        return voters.contains(id) || learners.contains(id);
    }

    /** Whether these are enough to decide; who is no voter does not count. */
    public boolean isMajority(Collection<ReplicaId> some) {
        return !voters.isEmpty() && some.stream().filter(this::isVoter).count() >= majority();
    }

    /** All replicas, voters first. */
    public List<ReplicaId> all() {
        List<ReplicaId> all = new ArrayList<>(voters);
        all.addAll(learners);
        return all;
    }

    /** The same after the change, which {@link ConfigurationChange#objection} must have let pass. */
    public Configuration with(ConfigurationChange change) {
        TreeSet<ReplicaId> newVoters = new TreeSet<>(voters);
        TreeSet<ReplicaId> newLearners = new TreeSet<>(learners);
        switch (change) {
            case ConfigurationChange.AddLearner(ReplicaId id) -> newLearners.add(id);
            case ConfigurationChange.Promote(ReplicaId id) -> {
                newLearners.remove(id);
                newVoters.add(id);
            }
            case ConfigurationChange.Remove(ReplicaId id) -> {
                newVoters.remove(id);
                newLearners.remove(id);
            }
        }
        return new Configuration(newVoters, newLearners);
    }

    public static Configuration read(WireReader in) {
        try {
            return new Configuration(readIds(in, MOST_VOTERS), readIds(in, MOST_LEARNERS));
        } catch (IllegalArgumentException contradictory) {
            throw new MalformedException(String.valueOf(contradictory.getMessage()));
        }
    }

    private static TreeSet<ReplicaId> readIds(WireReader in, int most) {
        int count = in.getCount(ReplicaId.BYTES);
        if (count > most) {
            throw new MalformedException(count + " replicas of one kind, at most " + most + " are read");
        }
        TreeSet<ReplicaId> ids = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(ReplicaId.read(in));
        }
        return ids;
    }

    public void write(WireWriter out) {
        out.putVar(voters.size());
        voters.forEach(id -> id.write(out));
        out.putVar(learners.size());
        learners.forEach(id -> id.write(out));
    }

    /** As the payload of an entry. */
    byte[] toPayload() {
        WireWriter out = new WireWriter();
        write(out);
        return out.toBytes();
    }

    static Configuration ofPayload(byte[] payload) {
        WireReader in = new WireReader(payload);
        Configuration configuration = read(in);
        in.end();
        return configuration;
    }

    @Override
    public String toString() {
        return "voters " + voters + ", learners " + learners;
    }
}
