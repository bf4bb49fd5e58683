package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityEffect.RingChanged;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this node's data path goes by, and what it can therefore report to barriers. */
final class Adoption {

    private static final int MOST_REPORTED = 4_096;

    private final @Nullable Bootstrap document;
    private final AuthorityConfig config;
    private @Nullable AuthorityState adopted;
    private @Nullable Ring ring;
    private long settledEpoch;

    Adoption(@Nullable Bootstrap document, AuthorityConfig config) {
        this.document = document;
        this.config = config;
    }

    boolean hasBegun() {
        return adopted != null;
    }

    /**
     * What the data path is to be told because the state is durable; null when it knows. Before anything is founded in
     * the log, that is what the accepted document will come to.
     */
    @Nullable
    RingChanged adopt(AuthorityState state) {
        AuthorityState next = state;
        if (!next.isFounded() && document != null) {
            next = AuthorityState.of(document);
        }
        if (!next.isFounded() || (adopted != null && adopted.isEqualForNodes(next))) {
            return null;
        }
        Ring known = ring;
        if (known == null || known.epoch() != next.epoch()) {
            known = next.ring();
        }
        ring = known;
        adopted = next;
        return new RingChanged(known, next);
    }

    void settle(long epoch) {
        settledEpoch = Math.max(settledEpoch, epoch);
    }

    /** What this node has to say to barriers; null when none awaits anything that it can say. */
    @Nullable
    BarrierPassed report(AuthorityState durable, NodeId self, VolumeId volume) {
        if (!durable.isCurrent(self, volume)) {
            return null;
        }
        boolean hasty = config.has(AuthorityFlaw.REPORTED_BEFORE_SETTLED);
        List<ShardEpoch> reported = new ArrayList<>();
        for (ShardState shard : durable.shards()) {
            boolean settled = shard.epoch() <= settledEpoch || hasty;
            if (settled && shard.awaited().contains(self) && reported.size() < MOST_REPORTED) {
                reported.add(new ShardEpoch(shard.shard(), shard.epoch()));
            }
        }
        return reported.isEmpty() ? null : new BarrierPassed(self, volume, reported);
    }
}
