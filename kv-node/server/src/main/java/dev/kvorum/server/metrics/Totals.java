package dev.kvorum.server.metrics;

import dev.kvorum.server.metrics.RequestMeter.End;
import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.util.List;

/** What all meters together have counted up to one moment. The difference of two is what happened between them. */
final class Totals {

    private static final int VERBS = Verb.values().length;
    private static final int BUCKETS = RequestMeter.BOUNDS_NS.length + 1;

    private final long atNs;
    private final long[] requests = new long[VERBS];
    private final long[] buckets = new long[VERBS * BUCKETS];
    private final long read;
    private final long written;

    private Totals(List<RequestMeter> meters, long atNs) {
        this.atNs = atNs;
        this.read = meters.stream().mapToLong(RequestMeter::bytesRead).sum();
        this.written = meters.stream().mapToLong(RequestMeter::bytesWritten).sum();
        for (RequestMeter meter : meters) {
            for (Verb verb : Verb.values()) {
                add(meter, verb);
            }
        }
    }

    static Totals of(List<RequestMeter> meters, long atNs) {
        return new Totals(meters, atNs);
    }

    private void add(RequestMeter meter, Verb verb) {
        for (End end : End.values()) {
            requests[verb.row()] += meter.count(verb, end);
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            buckets[verb.row() * BUCKETS + bucket] += meter.bucket(verb, bucket);
        }
    }

    long atNs() {
        return atNs;
    }

    /** Bytes of values in answers. */
    long bytesRead() {
        return read;
    }

    /** Bytes of values in writes. */
    long bytesWritten() {
        return written;
    }

    long requestsSince(Totals before, Verb verb) {
        return requests[verb.row()] - before.requests[verb.row()];
    }

    /**
     * The time that so many per mille of the requests since then took at most, in microseconds: the upper bound of the
     * histogram's bucket that holds it. 0 without requests.
     */
    long perMilleUs(Totals before, Verb verb, int perMille) {
        int row = verb.row() * BUCKETS;
        long all = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            all += buckets[row + bucket] - before.buckets[row + bucket];
        }
        long upToHere = 0;
        for (int bucket = 0; all > 0 && bucket < BUCKETS; bucket++) {
            upToHere += buckets[row + bucket] - before.buckets[row + bucket];
            if (upToHere * 1_000 >= all * perMille) {
                return RequestMeter.BOUNDS_NS[Math.min(bucket, BUCKETS - 2)] / 1_000;
            }
        }
        return 0;
    }
}
