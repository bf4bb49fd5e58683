package dev.kvorum.server.config;

/**
 * Memory that the store takes beside the heap. Memory of a node = heap + {@code objectCacheBytes} + {@code
 * blockCacheBytes} + memtables (2 × 64 MiB) + network buffers + about 100 MiB. The defaults follow the container's
 * limit: in the image the heap is a quarter of it, and the JVM allows as much outside the heap; with 1 GiB that is 256
 * MiB twice, 192 MiB of objects and 64 MiB of blocks.
 *
 * @param objectCacheBytes whole objects, shared out among the loops. Each write begins with a look-up at every replica,
 *     and one here costs a tenth of one in a file. Counts against the JVM's {@code MaxDirectMemorySize}. 0 means the
 *     formula: three quarters of that, at most 192 MiB, at least 8.
 * @param blockCacheBytes blocks of the store's files kept in memory, for what is not among the whole objects and for
 *     scans; the rest of the container's memory still caches files, but each read from there is a system call and
 *     decompresses again. 0 means the formula: a sixteenth of the container's memory, at most 64 MiB, at least 8.
 */
public record StoreConfig(
        @Setting(byDefault = "0", unit = "bytes", most = 1L << 40)
        long objectCacheBytes,

        @Setting(byDefault = "0", unit = "bytes", most = 1L << 40)
        long blockCacheBytes) {

    private static final long MIB = 1 << 20;
    private static final long LEAST_BYTES = 8 * MIB;
    private static final long MOST_OBJECT_BYTES = 192 * MIB;
    private static final long MOST_BLOCK_BYTES = 64 * MIB;

    public StoreConfig {
        requireFormulaOrEnough("objectCacheBytes", objectCacheBytes);
        requireFormulaOrEnough("blockCacheBytes", blockCacheBytes);
    }

    private static void requireFormulaOrEnough(String key, long bytes) {
        if (bytes > 0 && bytes < LEAST_BYTES) {
            throw new InvalidConfiguration(
                    key + " is " + bytes + "; use " + LEAST_BYTES + " bytes or more, or 0 for the formula");
        }
    }

    /** These sizes with the formulas worked out. */
    StoreConfig in(Memory memory) {
        return new StoreConfig(
                objectCacheBytes > 0
                        ? objectCacheBytes
                        : Math.clamp(memory.cacheBytes(), LEAST_BYTES, MOST_OBJECT_BYTES),
                blockCacheBytes > 0
                        ? blockCacheBytes
                        : Math.clamp(memory.allBytes() / 16, LEAST_BYTES, MOST_BLOCK_BYTES));
    }
}
