package dev.kvorum.operator.plan;

import dev.kvorum.operator.observe.Observed;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose data the volumes hold, by everything that names a cluster id: nodes, claims, the status. */
public sealed interface Identity {

    /** Nobody names an id: this is a new cluster. */
    record Fresh() implements Identity {}

    /** Everybody who names an id names this one. */
    record Known(String clusterId) implements Identity {}

    /** Different ids; {@code witnesses} says who names which. */
    record Mixture(Map<String, String> witnesses) implements Identity {

        @Override
        public String toString() {
            return witnesses.entrySet().stream()
                    .map(witness -> witness.getKey() + " says " + witness.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    static Identity of(Observed seen) {
        var witnesses = new TreeMap<String, String>();
        if (seen.status() != null && seen.status().clusterId() != null) {
            witnesses.put("the status", seen.status().clusterId());
        }
        seen.claims().forEach(claim -> {
            if (claim.clusterId() != null) {
                witnesses.put(claim.name(), claim.clusterId());
            }
        });
        seen.pods()
                .forEach(pod -> pod.answer().heard().ifPresent(report -> {
                    if (report.clusterId() != null) {
                        witnesses.put(pod.name(), report.clusterId());
                    }
                }));
        var ids = new TreeSet<>(witnesses.values());
        return switch (ids.size()) {
            case 0 -> new Fresh();
            case 1 -> new Known(ids.first());
            default -> new Mixture(witnesses);
        };
    }
}
