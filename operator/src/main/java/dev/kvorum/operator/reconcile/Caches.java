package dev.kvorum.operator.reconcile;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The caches that passes read. One that was never filled knows nothing, which is not as if nothing were there. */
final class Caches {

    private final SortedMap<String, InformerWrappingEventSourceHealthIndicator<?>> byResource = new TreeMap<>();

    void add(String resource, InformerWrappingEventSourceHealthIndicator<?> cache) {
        byResource.put(resource, cache);
    }

    /**
     * Refuses while a cache is empty because it could not be filled.
     *
     * @throws PassFailedException naming the resources and what to look at
     */
    void requireFilled() {
        List<String> missing = byResource.entrySet().stream()
                .filter(cache -> !isFilled(cache.getValue()))
                .map(cache -> cache.getKey())
                .toList();
        if (!missing.isEmpty()) {
            throw new PassFailedException("the operator could not list " + String.join(", ", missing)
                    + " yet, so it cannot tell what is there: may its service account list and watch them?");
        }
    }

    private static boolean isFilled(InformerWrappingEventSourceHealthIndicator<?> cache) {
        return cache.informerHealthIndicators().values().stream().allMatch(InformerHealthIndicator::hasSynced);
    }
}
