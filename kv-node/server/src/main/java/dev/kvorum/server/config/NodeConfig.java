package dev.kvorum.server.config;

import java.nio.file.Path;

/**
 * Which node this is and where it keeps what it knows.
 *
 * @param name what people and Kubernetes call the node, unique in its cluster. It is kept in the data directory; a
 *     directory of another name refuses the start, so that a volume mounted at the wrong pod does no harm.
 * @param zone the part of the infrastructure that fails as one. Replicas of a shard stand in distinct zones whenever
 *     there are as many zones as replicas; one zone for all nodes means that one failure may take every copy.
 * @param dataDir the directory of the store. It must be on a disk that survives the process; a lost directory is
 *     rebuilt from the other replicas, which costs their bandwidth.
 * @param bindHost the address that every door listens on. The default takes all interfaces; a single one keeps the
 *     admin door away from the others.
 * @param advertiseHost the name or address under which other nodes and cluster-aware clients reach this node; resolved
 *     anew at each connect.
 * @param loops event loops, each with its own thread, sockets and shards. More loops use more cores, but each request
 *     for a shard of another loop hops once. 0 means the formula: 1 below 4 cores, else cores − 1, at most 8.
 * @param stopGraceMs how long a stop waits for the requests in flight before it closes their connections. Longer is
 *     kinder to slow requests, but must end before Kubernetes kills the process.
 */
public record NodeConfig(
        @Setting(otherwise = "the host's name") String name,
        @Setting(byDefault = "default") String zone,
        @Setting(byDefault = "/var/lib/kvorum") Path dataDir,
        @Setting(byDefault = "0.0.0.0") String bindHost,

        @Setting(otherwise = "bindHost, or the host's name when that is every interface")
        String advertiseHost,

        @Setting(byDefault = "0", most = 64) int loops,

        @Setting(byDefault = "10000", unit = "ms", most = 600_000)
        int stopGraceMs) {

    /** The number of loops to start on a machine, or in a container, with so many cores. */
    public int loopsFor(int cores) {
        if (loops > 0) {
            return loops;
        }
        return cores < 4 ? 1 : Math.min(cores - 1, 8);
    }
}
