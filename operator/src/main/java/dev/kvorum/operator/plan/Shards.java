package dev.kvorum.operator.plan;

import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.PodSeen;
import java.util.Set;
import java.util.stream.Collectors;

/** How many replicas of each shard are ready, and what that allows. */
final class Shards {

    private final RingReport ring;
    private final Set<String> ready;

    private Shards(RingReport ring, Set<String> ready) {
        this.ring = ring;
        this.ready = ready;
    }

    static Shards of(Observed seen, RingReport ring) {
        return new Shards(
                ring,
                ring.nodes().stream()
                        .filter(node ->
                                seen.pod(node.name()).filter(PodSeen::ready).isPresent())
                        .map(node -> node.id())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Shards with fewer ready replicas than a request needs. */
    long withFewerThan(int replicas) {
        return ring.table().stream()
                .filter(row -> readyReplicas(row) < replicas)
                .count();
    }

    /** Whether a pod may be evicted: no shard is already down to min(W, N−1) ready replicas. */
    boolean spareOne(int write) {
        int floor = Math.min(write, ring.factor() - 1);
        return ring.table().stream().allMatch(row -> readyReplicas(row) > floor);
    }

    private long readyReplicas(RingReport.Row row) {
        return row.replicas().stream().filter(ready::contains).count();
    }
}
