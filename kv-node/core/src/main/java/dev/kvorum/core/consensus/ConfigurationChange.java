package dev.kvorum.core.consensus;

import org.jspecify.annotations.Nullable;

/**
 * One step from one configuration to the next (dissertation 4.1). Each moves at most one voter, so any majority before
 * it and any after it have a replica in common.
 */
public sealed interface ConfigurationChange {

    /** The replica about which the change is. */
    ReplicaId id();

    /** A replica begins to hold the log; it does not vote. */
    record AddLearner(ReplicaId id) implements ConfigurationChange {}

    /** A learner that has caught up becomes a voter. */
    record Promote(ReplicaId id) implements ConfigurationChange {}

    /** A voter or learner leaves; also the leader, which hands over once the change is committed (4.2.2). */
    record Remove(ReplicaId id) implements ConfigurationChange {}

    /** Why the change makes no sense here; null when it does. */
    default @Nullable String objection(Configuration now) {
        return switch (this) {
            case AddLearner(ReplicaId id) ->
                now.contains(id)
                        ? id + " belongs to the group already"
                        : now.learners().size() == Configuration.MOST_LEARNERS
                                ? "there is no room for a learner"
                                : null;
            case Promote(ReplicaId id) ->
                !now.learners().contains(id)
                        ? id + " is no learner"
                        : now.voters().size() == Configuration.MOST_VOTERS ? "there is no room for a voter" : null;
            case Remove(ReplicaId id) ->
                !now.contains(id)
                        ? id + " does not belong to the group"
                        : now.isVoter(id) && now.voters().size() == 1 ? id + " is the last voter" : null;
        };
    }
}
