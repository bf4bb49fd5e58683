package dev.kvorum.operator.plan;

import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.Observed;
import java.util.List;
import java.util.function.Function;

/** The most replicas that a request of any bucket waits for, as the nodes hold the buckets. */
record Levels(int read, int write) {

    static Levels of(Observed seen) {
        int factor = seen.ring()
                .map(ring -> ring.factor())
                .orElse(seen.spec().replication().factor());
        List<Bucket> buckets = seen.reports()
                .map(NodeReport::buckets)
                .filter(held -> !held.isEmpty())
                .findFirst()
                .orElseGet(() -> Founding.buckets(seen.spec()));
        return new Levels(most(buckets, Bucket::read, factor), most(buckets, Bucket::write, factor));
    }

    /** What a reader and a writer both need. */
    int both() {
        return Math.max(read, write);
    }

    private static int most(List<Bucket> buckets, Function<Bucket, Object> level, int factor) {
        return buckets.stream()
                .mapToInt(bucket -> Level.replicas(level.apply(bucket), factor))
                .max()
                .orElse(factor);
    }
}
