package dev.kvorum.core.replication;

import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.ShardEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The rows by which a machine acts, as one ring and the shortfalls of its rows give them: who is complete, who may
 * coordinate, how many must be met. Worked out once, when the rows change; looked up by shard afterwards.
 */
final class Table {

    private final Ring ring;
    private final List<BucketSettings> buckets;
    private final List<Shortfall> shortfalls;
    private final List<List<NodeId>> complete;
    private final boolean[] own;
    private final int weakestWrite;

    Table(NodeId self, Ring ring, List<BucketSettings> buckets, SortedMap<Integer, Shortfall> shortfalls) {
        this.ring = ring;
        this.buckets = List.copyOf(buckets);
        this.shortfalls = new ArrayList<>(ring.shards());
        this.complete = new ArrayList<>(ring.shards());
        this.own = new boolean[ring.shards()];
        for (ShardEntry entry : ring.entries()) {
            Shortfall shortfall = shortfalls.getOrDefault(entry.shard(), Shortfall.NOTHING);
            this.shortfalls.add(shortfall);
            this.complete.add(without(entry.replicas(), shortfall));
            this.own[entry.shard()] = complete.getLast().contains(self);
        }
        this.weakestWrite = weakest(buckets, ring.factor());
    }

    private static List<NodeId> without(List<NodeId> replicas, Shortfall shortfall) {
        return shortfall.incomplete().isEmpty()
                ? replicas
                : replicas.stream()
                        .filter(node -> !shortfall.incomplete().contains(node))
                        .toList();
    }

    private static int weakest(List<BucketSettings> buckets, int factor) {
        int weakest = factor;
        for (BucketSettings bucket : buckets) {
            weakest = Math.min(weakest, bucket.write().of(factor));
        }
        return weakest;
    }

    Ring ring() {
        return ring;
    }

    ShardEntry entry(int shard) {
        return ring.entry(shard);
    }

    /** The replicas that hold all they should, in the order in which they take over as the home. */
    List<NodeId> complete(int shard) {
        return complete.get(shard);
    }

    /** Whether this very node is one of them. */
    boolean isOwn(int shard) {
        return own[shard];
    }

    Loss loss(int shard) {
        return shortfalls.get(shard).loss();
    }

    boolean knowsBucket(Key key) {
        return key.bucket() >= 0 && key.bucket() < buckets.size();
    }

    /** How many complete replicas a home must have read so that it meets all acknowledged writes: N−W+1. */
    int takeOverReads(Key key, int shard) {
        return needed(
                shard, knowsBucket(key) ? buckets.get(key.bucket()).write().of(ring.factor()) : 1);
    }

    /** How many complete replicas other than this node hold every acknowledged write of any bucket. */
    int mergeSources(int shard) {
        int others = entry(shard).replicas().size() - 1;
        return Math.min(mostToRead(shard), Math.min(others, needed(shard, weakestWrite)));
    }

    /** How many other replicas can be asked of a home at most: after an accepted loss, the complete ones there are. */
    int mostToRead(int shard) {
        return loss(shard) == Loss.ACCEPTED
                ? complete(shard).size() - 1
                : entry(shard).replicas().size();
    }

    private int needed(int shard, int write) {
        int replicas = entry(shard).replicas().size();
        return replicas - Math.min(replicas, write) + 1;
    }

    /**
     * Whether a write on these replicas is met by everyone who reads as many complete ones as it must. Any W are enough
     * while no loss was accepted; after one, a complete replica must be among them.
     */
    boolean isHeld(int shard, List<NodeId> holders) {
        return loss(shard) != Loss.ACCEPTED || holders.stream().anyMatch(complete(shard)::contains);
    }

    // ---- what changed

    /** The shards whose rows are others than in the former table. */
    List<Integer> changedSince(Table former) {
        List<Integer> changed = new ArrayList<>();
        for (int shard = 0; shard < ring.shards(); shard++) {
            if (entry(shard).epoch() != former.entry(shard).epoch()
                    || !shortfalls.get(shard).equals(former.shortfalls.get(shard))) {
                changed.add(shard);
            }
        }
        return changed;
    }

    /** Whether writes may have been acknowledged by fewer replicas than the former table says. */
    boolean hasWeakerWrites(Table former) {
        for (int number = 0; number < Math.min(buckets.size(), former.buckets.size()); number++) {
            if (buckets.get(number).write().of(ring.factor())
                    < former.buckets.get(number).write().of(former.ring.factor())) {
                return true;
            }
        }
        return false;
    }
}
