package dev.kvorum.core.authority;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import java.util.List;

/**
 * What can be asked of the authority. What a command does is a pure function of the state it meets ({@link Rules});
 * commands that would do harm when they took effect late and twice are remembered by their id
 * ({@link #isRemembered()}), the others say enough about what they expect to do nothing the second time.
 */
public sealed interface Command {

    /** Whether the answer is kept, so that a retry gets it again and changes nothing. */
    default boolean isRemembered() {
        return switch (this) {
            case Found ignored -> false;
            case Register ignored -> false;
            case NewVolume ignored -> false;
            case BarrierPassed ignored -> false;
            case ChooseVoters ignored -> false;
            case Recover ignored -> false;
            case DeclareLost ignored -> true;
            case AcceptLoss ignored -> true;
            case Retire ignored -> true;
            case OpenSession ignored -> true;
            case DeclareBucket ignored -> true;
            case AlterBucket ignored -> true;
            case SetSetting ignored -> true;
            case RaiseFeatureLevel ignored -> true;
        };
    }

    /** Founds the cluster; the same document again is the same. */
    record Found(Bootstrap document) implements Command {}

    /** A node has started with the content it had, or for the first time. */
    record Register(Start start) implements Command {}

    /**
     * A node, known by its id or else by its name, has started without the content it had.
     *
     * @param proof why the former volume can be given up
     */
    record NewVolume(Start start, Proof proof) implements Command {}

    /** A member has durably adopted these entries, and ended what it had begun before them. */
    record BarrierPassed(NodeId node, VolumeId volume, List<ShardEpoch> shards) implements Command {
        public BarrierPassed {
            shards = List.copyOf(shards);
        }
    }

    /** The volume is gone for good: nothing from it counts any more. */
    record DeclareLost(NodeId node, VolumeId volume, Cause cause) implements Command {}

    /**
     * A person accepts that acknowledged writes of the shard may be gone.
     *
     * @param epoch of the entry under which the loss was seen; a later loss is another decision
     */
    record AcceptLoss(int shard, long epoch) implements Command {}

    /** Takes a node that owns nothing out of the cluster for good. */
    record Retire(NodeId node, VolumeId volume) implements Command {}

    /** An operator takes over; those before it are superseded. */
    record OpenSession(String operator) implements Command {}

    /** A bucket that is new, or exactly as it is already. */
    record DeclareBucket(BucketSettings settings) implements Command {}

    /** Other levels for a bucket. */
    record AlterBucket(BucketSettings settings) implements Command {}

    /** A number for the whole cluster. */
    record SetSetting(ClusterSetting setting, long value) implements Command {}

    /** Allows what every node's build knows; never taken back. */
    record RaiseFeatureLevel(int level) implements Command {}

    /**
     * Other voters for the log.
     *
     * @param from those there are; the decision is void when they changed meanwhile
     */
    record ChooseVoters(List<NodeId> from, List<NodeId> voters) implements Command {
        public ChooseVoters {
            from = from.stream().sorted().toList();
            voters = voters.stream().sorted().toList();
        }
    }

    /**
     * The first command of a group that was built by force because the majority of the one before is gone.
     *
     * @param generation one above the present
     */
    record Recover(long generation, List<NodeId> voters) implements Command {
        public Recover {
            voters = voters.stream().sorted().toList();
        }
    }
}
