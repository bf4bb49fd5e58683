package dev.kvorum.sim.world;

import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.replication.Shortfall;
import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What data paths go by once it was decided.
 *
 * @param number grows with each decision, unlike the ring's epoch
 * @param shortfalls of rows that are not whole
 */
public record Decided(long number, Ring ring, List<BucketSettings> buckets, SortedMap<Integer, Shortfall> shortfalls) {

    ReplicationInput told() {
        return new ReplicationInput.RingChanged(ring, buckets, shortfalls);
    }

    /** The replicas of the shard that hold all they should. */
    public List<NodeId> complete(int shard) {
        List<NodeId> complete = new ArrayList<>(ring.entry(shard).replicas());
        complete.removeAll(shortfall(shard).incomplete());
        return complete;
    }

    public boolean isComplete(int shard, NodeId node) {
        return complete(shard).contains(node);
    }

    public Loss loss(int shard) {
        return shortfall(shard).loss();
    }

    private Shortfall shortfall(int shard) {
        return shortfalls.getOrDefault(shard, new Shortfall(new TreeSet<>(), Loss.NONE));
    }

    public boolean knowsBucket(int bucket) {
        return bucket < buckets.size();
    }

    /** The bucket's R. */
    public int read(int bucket) {
        return buckets.get(bucket).read().of(ring.factor());
    }

    /** The bucket's W. */
    public int write(int bucket) {
        return buckets.get(bucket).write().of(ring.factor());
    }

    /** The smallest W of all buckets. */
    public int weakestWrite() {
        int weakest = ring.factor();
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            weakest = Math.min(weakest, write(bucket));
        }
        return weakest;
    }

    /** Whether writes may be on fewer replicas than before. */
    boolean hasWeakerWrites(Decided former) {
        for (int bucket = 0; bucket < former.buckets.size(); bucket++) {
            if (write(bucket) < former.write(bucket)) {
                return true;
            }
        }
        return false;
    }
}
