package dev.kvorum.server.config;

/**
 * How members watch each other.
 *
 * @param probeIntervalMs one member is probed per interval. A dead node is suspected after about one interval and dead
 *     for all after 4 to 24 of them; shorter finds failures sooner, and takes slow nodes for dead ones more often.
 *     Traffic per node does not depend on the size of the cluster.
 */
public record ProbeConfig(
        @Setting(byDefault = "1000", unit = "ms", least = 50, most = 60_000)
        int probeIntervalMs) {}
