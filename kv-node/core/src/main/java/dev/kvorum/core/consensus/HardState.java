package dev.kvorum.core.consensus;

import org.jspecify.annotations.Nullable;

/**
 * What a replica must never forget (dissertation 3.3, 3.8).
 *
 * @param term the highest that it has seen
 * @param vote for whom it voted in that term; null for nobody
 */
public record HardState(long term, @Nullable ReplicaId vote) {

    /** Of a replica that has seen nothing. */
    public static final HardState NEW = new HardState(0, null);
}
