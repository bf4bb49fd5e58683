package dev.kvorum.operator.reconcile;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;

/** Repeats a failed pass for ever: after half a second, then ever more rarely, up to every 30 s. */
public final class PatientRetry extends GenericRetry {

    private static final long FIRST_MS = 500;
    private static final long LONGEST_MS = 30_000;

    public PatientRetry() {
        withoutMaxAttempts();
        setInitialInterval(FIRST_MS);
        setIntervalMultiplier(1.5);
        setMaxInterval(LONGEST_MS);
    }
}
