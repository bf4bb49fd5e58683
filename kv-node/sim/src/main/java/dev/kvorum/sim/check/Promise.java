package dev.kvorum.sim.check;

import dev.kvorum.core.version.Version;

/**
 * What a client may rely on: so many replicas hold a state that covers the version.
 *
 * @param madeUs when the client was told
 * @param sinceUs from when on a replica that loses unsynced data may lose this
 */
record Promise(Version version, int holders, long madeUs, long sinceUs) {

    /** Whether every read of so many replicas must meet it. */
    boolean binds(int replicasRead, int factor) {
        return holders + replicasRead > factor;
    }
}
