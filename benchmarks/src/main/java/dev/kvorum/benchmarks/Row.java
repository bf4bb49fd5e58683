package dev.kvorum.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One measured workload.
 *
 * @param serverCpuMs CPU time of all servers while recording; −1 when unknown
 * @param clientCpuMs CPU time of this process while recording
 * @param rssMib the largest server, at the end; −1 when unknown
 * @param writtenBytes to storage by all servers; −1 when unknown
 */
record Row(
        String target,
        Workload workload,
        double seconds,
        Recorder recorder,
        long serverCpuMs,
        long clientCpuMs,
        long rssMib,
        long writtenBytes) {

    static final String HEAD = String.format(
            Locale.ROOT,
            "%-8s %-6s %6s %6s %10s %9s %9s %9s %9s %11s %7s %8s %9s %7s %7s",
            "target",
            "op",
            "value",
            "out",
            "ops/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "cpu s/100k",
            "client",
            "rss MiB",
            "B/op",
            "misses",
            "errors");

    long operations() {
        return recorder.latencies().getTotalCount();
    }

    double perSecond() {
        return operations() / seconds;
    }

    double cpuSecondsPer100k() {
        return serverCpuMs < 0 || operations() == 0 ? Double.NaN : serverCpuMs * 100.0 / operations();
    }

    boolean isClean() {
        return recorder.misses() == 0 && recorder.errors() == 0 && operations() > 0;
    }

    String line() {
        Histogram latencies = recorder.latencies();
        return String.format(
                Locale.ROOT,
                "%-8s %-6s %6d %6d %10.0f %9.2f %9.2f %9.2f %9.2f %11.2f %6.0f%% %8d %9d %7d %7d",
                target,
                workload.operation().word(),
                workload.valueBytes(),
                workload.outstanding(),
                perSecond(),
                ms(latencies.getValueAtPercentile(50)),
                ms(latencies.getValueAtPercentile(99)),
                ms(latencies.getValueAtPercentile(99.9)),
                ms(latencies.getMaxValue()),
                cpuSecondsPer100k(),
                clientCpuMs / (10.0 * seconds),
                rssMib,
                operations() == 0 || writtenBytes < 0 ? -1 : writtenBytes / operations(),
                recorder.misses(),
                recorder.errors());
    }

    JsonObject json() {
        Histogram latencies = recorder.latencies();
        return new JsonObject()
                .put("target", target)
                .put("op", workload.operation().word())
                .put("valueBytes", workload.valueBytes())
                .put("outstanding", workload.outstanding())
                .put("keys", workload.keys())
                .put("ratePerSecond", workload.perSecond())
                .put("seconds", seconds)
                .put("opsPerSecond", perSecond())
                .put("p50Ms", ms(latencies.getValueAtPercentile(50)))
                .put("p99Ms", ms(latencies.getValueAtPercentile(99)))
                .put("p999Ms", ms(latencies.getValueAtPercentile(99.9)))
                .put("maxMs", ms(latencies.getMaxValue()))
                .put("serverCpuSecondsPer100k", serverCpuMs < 0 ? null : cpuSecondsPer100k())
                .put("clientCpuMs", clientCpuMs)
                .put("serverRssMib", rssMib)
                .put("writtenBytes", writtenBytes)
                .put("misses", recorder.misses())
                .put("errors", recorder.errors());
    }

    private static double ms(long ns) {
        return ns / 1e6;
    }
}
