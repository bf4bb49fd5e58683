package dev.kvorum.core.replication;

import dev.kvorum.core.ring.NodeId;
import org.jspecify.annotations.Nullable;

/** Where one loop would send requests at present. May be asked from any thread; a little old there. */
public interface ShardOutlook {

    /** The node that coordinates writes of this shard; null when no complete replica is live, or there is no ring. */
    @Nullable
    NodeId home(int shard);

    /** How many complete replicas of this shard the loop reckons with, its own node included. */
    int liveReplicas(int shard);

    /** Whether the loop itself has warmed up: until then others are home in its place, where there are any. */
    boolean isSteady();
}
