package dev.kvorum.server.metrics;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.request.Outcome;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Requests of one protocol on one loop: counts by operation and outcome, and how long each operation took. Written by
 * the loop's thread alone, read by any.
 */
public final class RequestMeter {

    /** What clients do to keys. */
    public enum Verb {
        GET(0, "get"),
        PUT(1, "put"),
        DELETE(2, "delete"),
        EXPIRE(3, "expire");

        private final int row;
        private final String word;

        Verb(int row, String word) {
            this.row = row;
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** The place of this verb in an array by verbs. */
        int row() {
            return row;
        }

        static Verb of(Operation operation) {
            return switch (operation) {
                case Operation.Read read -> GET;
                case Operation.Put put -> PUT;
                case Operation.Delete delete -> DELETE;
                case Operation.Expire expire -> EXPIRE;
            };
        }
    }

    /** How a request ended. */
    public enum End {
        OK(0, "ok"),
        CONDITION_FAILED(1, "condition_failed"),
        NOT_APPLIED(2, "not_applied"),
        UNKNOWN(3, "unknown");

        private final int column;
        private final String word;

        End(int column, String word) {
            this.column = column;
            this.word = word;
        }

        public String word() {
            return word;
        }

        static End of(ClientReply reply) {
            return switch (reply) {
                case ClientReply.Value value -> OK;
                case ClientReply.Written written -> OK;
                case ClientReply.ConditionFailed failed -> CONDITION_FAILED;
                case ClientReply.Failed failed -> failed.outcome() == Outcome.UNKNOWN ? UNKNOWN : NOT_APPLIED;
            };
        }
    }

    /** Upper bounds of the histogram's buckets, in nanoseconds; what is above the last counts in one more. */
    static final long[] BOUNDS_NS = {
        50_000L,
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L
    };

    private static final int ENDS = End.values().length;
    private static final int BUCKETS = BOUNDS_NS.length + 1;

    private static final int READ = 0;
    private static final int WRITTEN = 1;

    private final String protocol;
    private final AtomicLongArray ends = new AtomicLongArray(Verb.values().length * ENDS);
    private final AtomicLongArray buckets = new AtomicLongArray(Verb.values().length * BUCKETS);
    private final AtomicLongArray sumsNs = new AtomicLongArray(Verb.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(1);
    private final AtomicLongArray connections = new AtomicLongArray(1);
    private final AtomicLongArray bytes = new AtomicLongArray(2);

    RequestMeter(String protocol) {
        this.protocol = protocol;
    }

    /** A meter that no metric shows, for a door whose requests are not counted. */
    public static RequestMeter unseen() {
        return new RequestMeter("");
    }

    /** Counts a finished request; {@code startNs} and {@code endNs} are of {@link System#nanoTime}. */
    public void finished(Operation operation, ClientReply reply, long startNs, long endNs) {
        int verb = Verb.of(operation).row;
        long tookNs = Math.max(0, endNs - startNs);
        add(ends, verb * ENDS + End.of(reply).column, 1);
        add(buckets, verb * BUCKETS + bucketOf(tookNs), 1);
        add(sumsNs, verb, tookNs);
        if (operation instanceof Operation.Put put) {
            add(bytes, WRITTEN, put.value().length);
        } else if (reply instanceof ClientReply.Value value) {
            add(bytes, READ, value.object().valueBytes());
        }
    }

    /** Counts a request that the door refused before it reached the node: malformed, too large, unknown. */
    public void refused() {
        add(refusals, 0, 1);
    }

    /** Tells how many connections are open now. */
    public void connections(int open) {
        connections.setOpaque(0, open);
    }

    String protocol() {
        return protocol;
    }

    long count(Verb verb, End end) {
        return ends.getOpaque(verb.row * ENDS + end.column);
    }

    long bucket(Verb verb, int bucket) {
        return buckets.getOpaque(verb.row * BUCKETS + bucket);
    }

    long sumNs(Verb verb) {
        return sumsNs.getOpaque(verb.row);
    }

    long refusals() {
        return refusals.getOpaque(0);
    }

    /** Bytes of the values that were read, siblings included. */
    long bytesRead() {
        return bytes.getOpaque(READ);
    }

    /** Bytes of the values that clients sent. */
    long bytesWritten() {
        return bytes.getOpaque(WRITTEN);
    }

    long connections() {
        return connections.getOpaque(0);
    }

    private static int bucketOf(long tookNs) {
        int bucket = 0;
        while (bucket < BOUNDS_NS.length && tookNs > BOUNDS_NS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private static void add(AtomicLongArray cells, int cell, long more) {
        cells.setOpaque(cell, cells.getPlain(cell) + more);
    }
}
