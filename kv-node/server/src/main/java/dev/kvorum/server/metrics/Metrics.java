package dev.kvorum.server.metrics;

import dev.kvorum.server.door.Reading;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All metrics of a process. Made once, before the doors; meters are handed out at the start, one per loop and protocol.
 * The JVM's own are bound here; {@link #registry} takes those of Vert.x or of anybody else.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<RequestMeter> meters = new CopyOnWriteArrayList<>();
    private final List<SlotMeter> slotMeters = new CopyOnWriteArrayList<>();

    public Metrics() {
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A new meter that belongs to one loop. */
    public RequestMeter meter(String protocol) {
        RequestMeter meter = new RequestMeter(protocol);
        meters.add(meter);
        return meter;
    }

    /** A new meter of slots that belongs to one loop. */
    public SlotMeter slotMeter() {
        SlotMeter meter = new SlotMeter();
        slotMeters.add(meter);
        return meter;
    }

    /** A view of the last minute, which begins now. */
    public Recent recent() {
        return new Recent(this, System.nanoTime());
    }

    Totals totals(long atNs) {
        return Totals.of(meters, atNs);
    }

    /** Requests since the start by shard. */
    long[] byShard(int shards) {
        long[] requests = new long[shards];
        slotMeters.forEach(meter -> meter.addTo(requests));
        return requests;
    }

    /** The text of {@code GET /metrics}: requests, then the node's readings, then JVM and libraries. */
    public String scrape(List<Reading> readings) {
        PrometheusText text = new PrometheusText();
        text.requests(List.copyOf(meters));
        text.readings(readings);
        return text + registry.scrape();
    }

    /** What the doors have counted since the start, as readings for {@code GET /admin/v1/stats}. */
    public List<Reading> requestReadings() {
        return RequestSummary.of(List.copyOf(meters));
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
