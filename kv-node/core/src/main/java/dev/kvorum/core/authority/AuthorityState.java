package dev.kvorum.core.authority;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that the authority has decided, immutable. Equal logs give equal states in every process.
 *
 * @param nodes every node there ever was, the retired among them
 * @param shards in order; empty before the cluster is founded
 * @param epoch of the ring: grows with each change of {@code shards}' entries or of the nodes' places
 * @param voters those that shall vote in the log; empty only when the last of them was just lost
 * @param buckets by number: only ever appended, since keys on disk carry the number
 * @param weakestWrite the fewest replicas that any bucket ever acknowledged a write at
 */
public record AuthorityState(
        Charter charter,
        SortedMap<NodeId, NodeEntry> nodes,
        List<ShardState> shards,
        long epoch,
        List<NodeId> voters,
        OperatorSession session,
        List<BucketSettings> buckets,
        int weakestWrite,
        SortedMap<ClusterSetting, Long> settings,
        int featureLevel,
        Recents recents) {

    /** What every log begins with. */
    public static final AuthorityState EMPTY = new AuthorityState(
            Charter.NONE,
            new TreeMap<>(),
            List.of(),
            0,
            List.of(),
            OperatorSession.NONE,
            List.of(),
            0,
            new TreeMap<>(),
            0,
            Recents.NONE);

    static final int MOST_NODES = 1_024;
    static final int MOST_BUCKETS = 1_024;

    public AuthorityState {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        shards = List.copyOf(shards);
        voters = voters.stream().sorted().toList();
        buckets = List.copyOf(buckets);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** What a founding document comes to as the first command of a log. */
    public static AuthorityState of(Bootstrap document) {
        Submission founding = new Submission(new CommandId(0, 0), 0, 0, new Command.Found(document));
        return Rules.standard().apply(EMPTY, 1, founding).state();
    }

    public boolean isFounded() {
        return epoch > 0;
    }

    /** The node of this id; null when there never was one. */
    public @Nullable NodeEntry node(NodeId id) {
        return nodes.get(id);
    }

    /** Whether {@code volume} is what {@code node} lives on and counts: the test for every acknowledgement. */
    public boolean isCurrent(NodeId node, VolumeId volume) {
        NodeEntry entry = nodes.get(node);
        return entry != null && entry.isCurrent() && entry.isOn(volume);
    }

    /** The copies of the log of these nodes; of those that have none there is none. */
    SortedSet<Seat> seats(Collection<NodeId> of) {
        TreeSet<Seat> seats = new TreeSet<>();
        for (NodeId id : of) {
            NodeEntry entry = nodes.get(id);
            if (entry != null && entry.seat() != null) {
                seats.add(new Seat(id, entry.seat()));
            }
        }
        return seats;
    }

    /** What holds for {@code setting}. */
    public long setting(ClusterSetting setting) {
        return settings.getOrDefault(setting, setting.standard());
    }

    /** How many of a shard's {@code replicas} must be complete so that they hold every acknowledged write. */
    public int survivorsNeeded(int replicas) {
        return replicas - Math.min(replicas, weakestWrite) + 1;
    }

    /** Whether nodes act alike under both: they differ at most in what is remembered of commands. */
    boolean isEqualForNodes(AuthorityState other) {
        return epoch == other.epoch
                && featureLevel == other.featureLevel
                && charter.equals(other.charter)
                && session.equals(other.session)
                && voters.equals(other.voters)
                && nodes.equals(other.nodes)
                && buckets.equals(other.buckets)
                && settings.equals(other.settings)
                && shards.equals(other.shards);
    }

    /** The table for the data path; as costly as its hash, so it is asked for once per epoch. */
    public Ring ring() {
        List<RingNode> places = nodes.values().stream()
                .filter(node -> node.state() != NodeState.RETIRED)
                .map(NodeEntry::node)
                .toList();
        return Ring.at(
                charter.clusterId(),
                epoch,
                charter.factor(),
                places,
                shards.stream().map(ShardState::entry).toList());
    }
}
