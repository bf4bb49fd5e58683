package dev.kvorum.storage;

import dev.kvorum.storage.files.BootId;
import java.nio.file.Path;

/**
 * Where a node keeps its data and how much of the machine that may take.
 *
 * @param dataDir the directory; created when missing, empty before the first start
 * @param name the configured name of the node; the volume remembers it and refuses another, at most 253 bytes
 * @param bootIdSource shows the kernel's boot id; {@link BootId#KERNEL} but in tests
 */
public record StorageConfig(Path dataDir, String name, Memory memory, Reserve reserve, Path bootIdSource) {

    private static final int NAME_LIMIT = 253;

    public StorageConfig {
        if (name.isBlank() || name.length() > NAME_LIMIT) {
            throw new IllegalArgumentException(
                    "name must have 1 to " + NAME_LIMIT + " characters, not \"" + name + '"');
        }
    }

    /** The defaults of a node with a 1 GiB limit. */
    public static StorageConfig of(Path dataDir, String name) {
        return new StorageConfig(dataDir, name, Memory.DEFAULT, Reserve.DEFAULT, BootId.KERNEL);
    }

    public StorageConfig with(Memory other) {
        return new StorageConfig(dataDir, name, other, reserve, bootIdSource);
    }

    public StorageConfig with(Reserve other) {
        return new StorageConfig(dataDir, name, memory, other, bootIdSource);
    }

    public StorageConfig withBootIdSource(Path other) {
        return new StorageConfig(dataDir, name, memory, reserve, other);
    }

    /**
     * Memory outside the heap, and what may wait inside it.
     *
     * @param blockCacheBytes blocks, indexes and filters of the files, shared by all families
     * @param memtableBytes what was written and not yet flushed, all families together
     * @param queueBytes operations that wait for the committer; more are refused
     */
    public record Memory(long blockCacheBytes, long memtableBytes, long queueBytes) {

        public static final Memory DEFAULT = new Memory(256 << 20, 64 << 20, 32 << 20);

        public Memory {
            atLeast("blockCacheBytes", blockCacheBytes, 1 << 20);
            atLeast("memtableBytes", memtableBytes, 1 << 20);
            atLeast("queueBytes", queueBytes, 64 << 10);
        }
    }

    /**
     * Space that stays free on the volume: writes are refused below the larger of the two.
     *
     * @param bytes a number of bytes
     * @param perMille a share of the volume
     */
    public record Reserve(long bytes, int perMille) {

        public static final Reserve DEFAULT = new Reserve(256 << 20, 50);

        public Reserve {
            atLeast("reserve bytes", bytes, 0);
            if (perMille < 0 || perMille >= 1000) {
                throw new IllegalArgumentException("reserve perMille must be 0 to 999, not " + perMille);
            }
        }
    }

    private static void atLeast(String what, long given, long least) {
        if (given < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + given);
        }
    }
}
