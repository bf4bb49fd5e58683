package dev.kvorum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Operation;
import dev.kvorum.server.door.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Operation READ = new Operation.Read();
    private static final ClientReply FAILED = ClientReply.Failed.notApplied(ErrorCode.OVERLOADED, "busy");

    @Test
    void theLoopsOfAProtocolAreSummedUp() {
        try (Metrics metrics = new Metrics()) {
            for (int loop = 0; loop < 2; loop++) {
                RequestMeter meter = metrics.meter("resp");
                meter.finished(READ, FAILED, 0, 60_000);
                meter.finished(READ, FAILED, 0, 3_000_000_000L);
                meter.refused();
                meter.connections(7);
            }
            metrics.meter("http").refused();
            String get = "{protocol=\"resp\",operation=\"get\",";
            String seconds = "kvorum_request_duration_seconds";
            assertThat(metrics.scrape(List.of()))
                    .contains("kvorum_requests_total" + get + "outcome=\"not_applied\"} 4\n")
                    .contains(seconds + "_bucket" + get + "le=\"0.00005\"} 0\n")
                    .contains(seconds + "_bucket" + get + "le=\"0.0001\"} 2\n")
                    .contains(seconds + "_bucket" + get + "le=\"2.5\"} 2\n")
                    .contains(seconds + "_bucket" + get + "le=\"+Inf\"} 4\n")
                    .contains(seconds + "_sum{protocol=\"resp\",operation=\"get\"} 6.00012\n")
                    .contains(seconds + "_count{protocol=\"resp\",operation=\"get\"} 4\n")
                    .contains("kvorum_requests_refused_total{protocol=\"resp\"} 2\n")
                    .contains("kvorum_requests_refused_total{protocol=\"http\"} 1\n")
                    .contains("kvorum_connections{protocol=\"resp\"} 14\n");
        }
    }

    @Test
    void readingsOfOneNameShareOneHeadAndTheirLabelsAreEscaped() {
        try (Metrics metrics = new Metrics()) {
            assertThat(metrics.scrape(List.of(
                            Reading.of("queue_bytes", "Waits.", "queue", "a\"b\\c\nd", 1),
                            Reading.of("stored_total", "Stores.", 2),
                            Reading.of("queue_bytes", "Waits.", "queue", "e", 3))))
                    .contains("""
                            # HELP kvorum_queue_bytes Waits.
                            # TYPE kvorum_queue_bytes gauge
                            kvorum_queue_bytes{queue="a\\"b\\\\c\\nd"} 1
                            kvorum_queue_bytes{queue="e"} 3
                            """)
                    .contains("# TYPE kvorum_stored_total counter\nkvorum_stored_total 2\n");
        }
    }

    @Test
    void theSummaryTellsTotalsAndTheBoundThatMostStayBelow() {
        try (Metrics metrics = new Metrics()) {
            RequestMeter meter = metrics.meter("resp");
            for (int i = 0; i < 99; i++) {
                meter.finished(READ, FAILED, 0, 700_000);
            }
            meter.finished(READ, FAILED, 0, 90_000_000);
            assertThat(metrics.requestReadings())
                    .contains(Reading.of("requests_get_not_applied_total", "Requests since the start.", 100))
                    .anySatisfy(reading -> {
                        assertThat(reading.name()).isEqualTo("request_get_p99_us");
                        assertThat(reading.value()).isEqualTo(1_000);
                    });
        }
    }
}
