package dev.kvorum.server.metrics;

import dev.kvorum.server.door.Reading;
import dev.kvorum.server.metrics.RequestMeter.End;
import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * The few figures of all meters that a person asks for first: totals, and the latency that most requests stay below.
 */
final class RequestSummary {

    private RequestSummary() {}

    static List<Reading> of(List<RequestMeter> meters) {
        List<Reading> readings = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            for (End end : End.values()) {
                long count = meters.stream()
                        .mapToLong(meter -> meter.count(verb, end))
                        .sum();
                String name = "requests_" + verb.word() + '_' + end.word() + "_total";
                readings.add(Reading.of(name, "Requests since the start.", count));
            }
            String name = "request_" + verb.word() + "_p99_us";
            readings.add(
                    Reading.of(name, "99 of 100 requests since the start took at most so long.", p99Us(meters, verb)));
        }
        return readings;
    }

    /** The upper bound of the histogram's bucket that holds the 99th percentile; 0 without requests. */
    private static long p99Us(List<RequestMeter> meters, Verb verb) {
        long[] counts = new long[RequestMeter.BOUNDS_NS.length + 1];
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            int bucket = i;
            counts[i] = meters.stream()
                    .mapToLong(meter -> meter.bucket(verb, bucket))
                    .sum();
            total += counts[i];
        }
        long upToHere = 0;
        for (int i = 0; i < counts.length; i++) {
            upToHere += counts[i];
            if (total > 0 && upToHere * 100 >= total * 99) {
                int bound = Math.min(i, RequestMeter.BOUNDS_NS.length - 1);
                return RequestMeter.BOUNDS_NS[bound] / 1_000;
            }
        }
        return 0;
    }
}
