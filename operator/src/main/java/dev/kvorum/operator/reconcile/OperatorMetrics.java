package dev.kvorum.operator.reconcile;

import dev.kvorum.operator.act.ClusterMeter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/**
 * Counts and times passes. The SDK's own Micrometer metrics register one name with different tags, which throws inside
 * the SDK's timer thread; then nothing is ever retried again. These have fixed tags and are made at start.
 */
@Singleton
@NullUnmarked
public class OperatorMetrics implements Metrics {

    private final Counter succeeded;
    private final Counter failed;
    private final Timer duration;
    private final ClusterMeter clusters;

    @Inject
    public OperatorMetrics(MeterRegistry meters, ClusterMeter clusters) {
        this.clusters = clusters;
        this.succeeded = passes(meters, "succeeded");
        this.failed = passes(meters, "failed");
        this.duration = Timer.builder("kvorum.operator.reconcile")
                .description("Time of one pass over one cluster")
                .register(meters);
    }

    private static Counter passes(MeterRegistry meters, String outcome) {
        return Counter.builder("kvorum.operator.reconcile.passes")
                .description("Passes over a cluster")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
        succeeded.increment();
    }

    @Override
    public void reconciliationFailed(
            HasMetadata resource, RetryInfo retryInfo, Exception exception, Map<String, Object> metadata) {
        failed.increment();
    }

    @Override
    public void cleanupDone(ResourceID gone, Map<String, Object> metadata) {
        clusters.forget(gone.getNamespace().orElse(""), gone.getName());
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        Timer.Sample sample = Timer.start();
        try {
            return execution.execute();
        } finally {
            sample.stop(duration);
        }
    }
}
