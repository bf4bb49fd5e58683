package dev.kvorum.server.config;

/**
 * Memory that the store takes beside the heap. Memory of a node = heap + {@code objectCacheBytes} + {@code
 * blockCacheBytes} + memtables (2 × 64 MiB) + network buffers + about 100 MiB.
 *
 * @param objectCacheBytes whole objects, shared out among the loops. Each write begins with a look-up at every replica,
 *     and one here costs a tenth of one in a file. Counts against the JVM's {@code MaxDirectMemorySize}
 * @param blockCacheBytes blocks of the store's files kept in memory, for what is not among the whole objects and for
 *     scans; the rest of the container's memory still caches files, but each read from there is a system call and
 *     decompresses again
 */
public record StoreConfig(
        @Setting(byDefault = "201326592", unit = "bytes", least = 8_388_608, most = 1L << 40)
        long objectCacheBytes,

        @Setting(byDefault = "67108864", unit = "bytes", least = 8_388_608, most = 1L << 40)
        long blockCacheBytes) {}
