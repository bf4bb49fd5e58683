package dev.kvorum.server.config;

/**
 * Memory that the store takes beside the heap. Memory of a node = heap + {@code blockCacheBytes} + memtables (2 × 64
 * MiB) + network buffers + about 100 MiB.
 *
 * @param blockCacheBytes blocks of the store kept in memory. More means fewer reads from disk; the rest of the
 *     container's memory still caches files, but each read from there is a system call and decompresses again.
 */
public record StoreConfig(
        @Setting(byDefault = "268435456", unit = "bytes", least = 8_388_608, most = 1L << 40)
        long blockCacheBytes) {}
