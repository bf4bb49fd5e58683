package dev.kvorum.operator.act;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.crds.status.Condition;
import dev.kvorum.crds.status.KVClusterStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shows the status of each KVCluster as metrics, so that alerts need no other exporter. */
@Singleton
public class ClusterMeter {

    private final MeterRegistry meters;
    private final Map<Place, Shown> shown = new ConcurrentHashMap<>();

    @Inject
    public ClusterMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Shows this status from now on. */
    public void show(KVCluster resource, KVClusterStatus status) {
        Place place = new Place(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
        shown.computeIfAbsent(place, any -> begin(place, status)).status = status;
    }

    /** Shows nothing of a KVCluster that is gone. */
    public void forget(String namespace, String name) {
        Shown gone = shown.remove(new Place(namespace, name));
        if (gone != null) {
            gone.gauges.forEach(meters::remove);
        }
    }

    private Shown begin(Place place, KVClusterStatus status) {
        Shown begun = new Shown(status);
        Tags tags = Tags.of("namespace", place.namespace(), "cluster", place.name());
        begun.gauges.add(gauge("nodes", "Nodes asked for", tags, begun, now -> number(now.replicas())));
        begun.gauges.add(gauge("ready.nodes", "Nodes that serve", tags, begun, now -> number(now.readyReplicas())));
        for (Condition condition : status.conditions()) {
            String type = condition.type();
            Tags named = tags.and("condition", type);
            begun.gauges.add(gauge("condition", "Whether a condition is True", named, begun, now -> isTrue(now, type)));
        }
        return begun;
    }

    private Meter gauge(String name, String help, Tags tags, Shown shown, ToDoubleFunction<KVClusterStatus> figure) {
        return Gauge.builder("kvorum.cluster." + name, shown, now -> figure.applyAsDouble(now.status))
                .description(help)
                .tags(tags)
                .strongReference(true)
                .register(meters);
    }

    private static double number(@Nullable Integer nodes) {
        return nodes == null ? 0 : nodes;
    }

    private static double isTrue(KVClusterStatus status, String type) {
        return status.conditions().stream()
                        .anyMatch(condition -> condition.type().equals(type)
                                && condition.status().equals("True"))
                ? 1
                : 0;
    }

    private record Place(String namespace, String name) {}

    private static final class Shown {
        private final List<Meter> gauges = new ArrayList<>();
        private volatile KVClusterStatus status;

        private Shown(KVClusterStatus status) {
            this.status = status;
        }
    }
}
