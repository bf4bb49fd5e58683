package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.kubelet.Probe.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The probes of one run of a container: startup first, then liveness and readiness. One thread. */
final class Probes {

    /** What they say of the container together. */
    enum Health {
        STARTING,
        UNREADY,
        READY,
        /** It must be restarted. */
        FAILED
    }

    private final @Nullable Probe startup;
    private final @Nullable Probe liveness;
    private final @Nullable Probe readiness;
    private boolean started;
    private String failure = "";

    Probes(JsonNode container, String address, Instant now) {
        startup = probe(container, "startupProbe", address, now);
        liveness = probe(container, "livenessProbe", address, now);
        readiness = probe(container, "readinessProbe", address, now);
        started = startup == null;
    }

    private static @Nullable Probe probe(JsonNode container, String name, String address, Instant now) {
        return container.has(name) ? new Probe(container.path(name), container, address, now) : null;
    }

    Health tick(Instant now) {
        if (!started && startup != null) {
            Verdict verdict = startup.tick(now);
            if (verdict == Verdict.FAILED) {
                failure = "Startup probe failed: " + startup.lastFailure();
                return Health.FAILED;
            }
            started = verdict == Verdict.SUCCEEDED;
        }
        if (!started) {
            return Health.STARTING;
        }
        if (liveness != null && liveness.tick(now) == Verdict.FAILED) {
            failure = "Liveness probe failed: " + liveness.lastFailure();
            return Health.FAILED;
        }
        return readiness == null || readiness.tick(now) == Verdict.SUCCEEDED ? Health.READY : Health.UNREADY;
    }

    String failure() {
        return failure;
    }
}
