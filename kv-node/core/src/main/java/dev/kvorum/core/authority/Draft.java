package dev.kvorum.core.authority;

import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A state while one command changes it. */
final class Draft {

    final TreeMap<NodeId, NodeEntry> nodes;
    final List<ShardState> shards;
    final List<BucketSettings> buckets;
    final TreeMap<ClusterSetting, Long> settings;
    Charter charter;
    long epoch;
    List<NodeId> voters;
    OperatorSession session;
    int weakestWrite;
    int featureLevel;
    Recents recents;

    private final long formerEpoch;

    Draft(AuthorityState state) {
        charter = state.charter();
        nodes = new TreeMap<>(state.nodes());
        shards = new ArrayList<>(state.shards());
        epoch = state.epoch();
        formerEpoch = state.epoch();
        voters = state.voters();
        session = state.session();
        buckets = new ArrayList<>(state.buckets());
        weakestWrite = state.weakestWrite();
        settings = new TreeMap<>(state.settings());
        featureLevel = state.featureLevel();
        recents = state.recents();
    }

    AuthorityState toState() {
        return new AuthorityState(
                charter, nodes, shards, epoch, voters, session, buckets, weakestWrite, settings, featureLevel, recents);
    }

    /** The epoch of all changes that this command makes. */
    long nextEpoch() {
        epoch = epoch == formerEpoch ? epoch + 1 : epoch;
        return epoch;
    }

    Answer done() {
        return new Answer.Done(epoch);
    }

    NodeEntry node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    void put(NodeEntry node) {
        nodes.put(node.id(), node);
    }

    /** The node of this name that was not retired. */
    @Nullable
    NodeEntry named(String name) {
        for (NodeEntry node : nodes.values()) {
            if (node.node().name().equals(name) && node.state() != NodeState.RETIRED) {
                return node;
            }
        }
        return null;
    }

    /** The node that lives on the volume, or once did. */
    @Nullable
    NodeEntry holderOf(VolumeId volume) {
        for (NodeEntry node : nodes.values()) {
            if (node.isOn(volume) || node.former().contains(volume)) {
                return node;
            }
        }
        return null;
    }

    List<ShardState> shardsOf(NodeId node) {
        return shards.stream().filter(shard -> shard.entry().isReplica(node)).toList();
    }

    void put(ShardState shard) {
        shards.set(shard.shard(), shard);
    }

    /** The replicas of a shard whose word can still come. */
    SortedSet<NodeId> members(ShardState shard) {
        TreeSet<NodeId> members = new TreeSet<>(shard.entry().replicas());
        members.removeIf(node -> !node(node).isCurrent());
        return members;
    }

    void removeVoter(NodeId node) {
        voters = voters.stream().filter(voter -> !voter.equals(node)).toList();
    }
}
