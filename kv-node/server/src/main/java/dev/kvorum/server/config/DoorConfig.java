package dev.kvorum.server.config;

/**
 * What clients may ask of the HTTP and RESP doors before they are refused. Limits bound memory: one loop holds at most
 * {@code connections × (respPipelineDepth replies + outputBufferBytes)}, and in practice far less.
 *
 * @param requestTimeoutMs how long a request may take when it does not say. A shorter time frees memory sooner when
 *     replicas are silent; one shorter than a change of home (500 ms) turns each such change into errors.
 * @param idleTimeoutMs a connection without a request for so long is closed. Shorter frees descriptors, longer spares
 *     clients that pool connections a reconnect.
 * @param halfRequestTimeoutMs a request that is not complete so long after its first byte is answered with an error,
 *     and its connection closed. Shorter frees the memory of slow senders, longer serves bad links.
 * @param halfRequestBytes the most memory that incomplete RESP requests take together on one loop; a connection that
 *     would add more is answered with an error and closed. It must hold the largest commands of the clients that you
 *     expect at once, each up to {@code respArrayElements} × 10 KiB.
 * @param httpHeaderBytes the most bytes of an HTTP request's header lines, and of its first line. Smaller refuses keys
 *     and contexts that are allowed: a key takes up to 3,072 bytes when percent-encoded, a context 4,096.
 * @param respArrayElements the most elements of a RESP command, its name included. More elements mean more memory per
 *     command: up to this times 10 KiB.
 * @param respPipelineDepth the most commands of one connection that wait for their reply; the next ones stay in the
 *     socket. Deeper pipelines help clients far away, and let one client hold more memory.
 * @param outputBufferBytes the most bytes of replies that wait for a slow reader on one connection before its next
 *     requests stay in the socket.
 * @param connections the most client connections of one loop and door. The next is answered with an error and closed;
 *     over HTTP, which answers only what was asked, at its first request or after {@code halfRequestTimeoutMs}. Each
 *     idle one costs about 3 KiB and a file descriptor.
 */
public record DoorConfig(
        @Setting(byDefault = "2000", unit = "ms", least = 1, most = 600_000)
        int requestTimeoutMs,

        @Setting(byDefault = "600000", unit = "ms", least = 1_000, most = 86_400_000)
        int idleTimeoutMs,

        @Setting(byDefault = "15000", unit = "ms", least = 100, most = 600_000)
        int halfRequestTimeoutMs,

        @Setting(byDefault = "67108864", unit = "bytes", least = 1_048_576, most = 1L << 40)
        long halfRequestBytes,

        @Setting(byDefault = "8192", unit = "bytes", least = 1_024, most = 1_048_576)
        int httpHeaderBytes,

        @Setting(byDefault = "1024", least = 3, most = 65_536)
        int respArrayElements,

        @Setting(byDefault = "1024", least = 1, most = 65_536)
        int respPipelineDepth,

        @Setting(byDefault = "262144", unit = "bytes", least = 16_384, most = 67_108_864)
        int outputBufferBytes,

        @Setting(byDefault = "10000", least = 1, most = 1_000_000)
        int connections) {}
