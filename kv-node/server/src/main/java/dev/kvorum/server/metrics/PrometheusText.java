package dev.kvorum.server.metrics;

import dev.kvorum.server.door.Reading;
import dev.kvorum.server.metrics.RequestMeter.End;
import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Builds text of the Prometheus exposition format, version 0.0.4. */
final class PrometheusText {

    private static final String PREFIX = "kvorum_";

    private final StringBuilder out = new StringBuilder(16_384);

    void requests(List<RequestMeter> meters) {
        Map<String, List<RequestMeter>> byProtocol = new LinkedHashMap<>();
        meters.forEach(meter -> byProtocol
                .computeIfAbsent(meter.protocol(), any -> new ArrayList<>())
                .add(meter));
        counts(byProtocol);
        durations(byProtocol);
        head("requests_refused_total", "Requests that a door refused before they reached the node.", "counter");
        byProtocol.forEach((protocol, loops) ->
                line("requests_refused_total", label("protocol", protocol), sum(loops, RequestMeter::refusals)));
        head("value_bytes_total", "Bytes of values that clients wrote and were shown.", "counter");
        byProtocol.forEach((protocol, loops) -> {
            String by = label("protocol", protocol) + ',';
            line("value_bytes_total", by + label("direction", "written"), sum(loops, RequestMeter::bytesWritten));
            line("value_bytes_total", by + label("direction", "read"), sum(loops, RequestMeter::bytesRead));
        });
        head("connections", "Open client connections.", "gauge");
        byProtocol.forEach((protocol, loops) ->
                line("connections", label("protocol", protocol), sum(loops, RequestMeter::connections)));
    }

    void readings(List<Reading> readings) {
        Map<String, List<Reading>> byName = new LinkedHashMap<>();
        readings.forEach(reading ->
                byName.computeIfAbsent(reading.name(), any -> new ArrayList<>()).add(reading));
        byName.forEach((name, same) -> {
            Reading first = same.getFirst();
            head(name, first.help(), first.isTotal() ? "counter" : "gauge");
            for (Reading reading : same) {
                String label = reading.label();
                String value = reading.labelValue();
                line(name, label == null || value == null ? "" : label(label, value), reading.value());
            }
        });
    }

    private void counts(Map<String, List<RequestMeter>> byProtocol) {
        head("requests_total", "Data requests by protocol, operation and outcome.", "counter");
        byProtocol.forEach((protocol, loops) -> {
            for (Verb verb : Verb.values()) {
                for (End end : End.values()) {
                    String labels = label("protocol", protocol)
                            + ','
                            + label("operation", verb.word())
                            + ','
                            + label("outcome", end.word());
                    line("requests_total", labels, sum(loops, loop -> loop.count(verb, end)));
                }
            }
        });
    }

    private void durations(Map<String, List<RequestMeter>> byProtocol) {
        head("request_duration_seconds", "From the door's reading of a request to its answer.", "histogram");
        byProtocol.forEach((protocol, loops) -> {
            for (Verb verb : Verb.values()) {
                histogram(label("protocol", protocol) + ',' + label("operation", verb.word()), verb, loops);
            }
        });
    }

    private void histogram(String labels, Verb verb, List<RequestMeter> loops) {
        long upToHere = 0;
        for (int i = 0; i <= RequestMeter.BOUNDS_NS.length; i++) {
            int bucket = i;
            upToHere += sum(loops, loop -> loop.bucket(verb, bucket));
            String bound = i == RequestMeter.BOUNDS_NS.length ? "+Inf" : seconds(RequestMeter.BOUNDS_NS[i]);
            line("request_duration_seconds_bucket", labels + ',' + label("le", bound), upToHere);
        }
        line("request_duration_seconds_sum", labels, seconds(sum(loops, loop -> loop.sumNs(verb))));
        line("request_duration_seconds_count", labels, upToHere);
    }

    private void head(String name, String help, String type) {
        out.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        out.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void line(String name, String labels, long value) {
        line(name, labels, Long.toString(value));
    }

    private void line(String name, String labels, String value) {
        out.append(PREFIX).append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + '"';
    }

    private static long sum(List<RequestMeter> loops, ToLongFunction<RequestMeter> figure) {
        return loops.stream().mapToLong(figure).sum();
    }

    private static String seconds(long ns) {
        return BigDecimal.valueOf(ns, 9).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
