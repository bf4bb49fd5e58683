package dev.kvorum.core.node;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.replication.ReplicationInput.RingChanged;
import dev.kvorum.core.replication.Shortfall;
import dev.kvorum.core.ring.Ring;
import java.util.TreeMap;

/** What of the authority's decisions the replication machines of the same node must know. */
public final class Rows {

    private Rows() {}

    /**
     * All of it, at one moment.
     *
     * @param ring of the state; made once per epoch
     */
    public static RingChanged of(Ring ring, AuthorityState state) {
        TreeMap<Integer, Shortfall> shortfalls = new TreeMap<>();
        for (ShardState shard : state.shards()) {
            if (!shard.incomplete().isEmpty() || shard.loss() != ShardState.Loss.NONE) {
                shortfalls.put(shard.shard(), new Shortfall(shard.incomplete(), loss(shard.loss())));
            }
        }
        return new RingChanged(ring, state.buckets(), shortfalls);
    }

    private static Shortfall.Loss loss(ShardState.Loss loss) {
        return switch (loss) {
            case NONE -> Shortfall.Loss.NONE;
            case POSSIBLE -> Shortfall.Loss.POSSIBLE;
            case ACCEPTED -> Shortfall.Loss.ACCEPTED;
        };
    }
}
