package dev.kvorum.storage;

import dev.kvorum.storage.commit.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB as this node wants it. Every figure is for a node with a 1 GiB limit; the two that grow with the node come
 * from {@link StorageConfig.Memory}.
 */
final class RocksOptions implements AutoCloseable {

    private static final long MAX_LOG_BYTES = 128L << 20;
    private static final long DATA_MEMTABLE_BYTES = 16L << 20;
    private static final long SMALL_MEMTABLE_BYTES = 4L << 20;
    private static final long SYNC_EVERY_BYTES = 1L << 20;
    private static final long DIARY_BYTES = 1L << 20;
    private static final int DIARIES = 4;
    private static final int BLOCK_BYTES = 4 << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int BACKGROUND_JOBS = 2;

    private final NativeHandles handles = new NativeHandles();
    private final Cache blockCache;
    private final BloomFilter bloom;
    private final DBOptions database;

    RocksOptions(StorageConfig.Memory memory, WALRecoveryMode recovery) {
        RocksDB.loadLibrary();
        blockCache = handles.own(new HyperClockCache(memory.blockCacheBytes(), 0, -1, false));
        bloom = handles.own(new BloomFilter(BLOOM_BITS_PER_KEY));
        // Charged to a cache of its own: memtables in the block cache would evict what reads need.
        Cache memtableAccount = handles.own(new LRUCache(memory.memtableBytes()));
        WriteBufferManager memtables = handles.own(new WriteBufferManager(memory.memtableBytes(), memtableAccount));
        database = handles.own(verifyingLogs())
                .setWalRecoveryMode(recovery)
                .setParanoidChecks(true)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                .setWriteBufferManager(memtables)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setBytesPerSync(SYNC_EVERY_BYTES)
                .setMaxLogFileSize(DIARY_BYTES)
                .setKeepLogFileNum(DIARIES)
                .setInfoLogLevel(InfoLogLevel.INFO_LEVEL);
    }

    /** Each log then names the one before it, with size and last sequence; Java has no setter for this one. */
    private static DBOptions verifyingLogs() {
        Properties properties = new Properties();
        properties.setProperty("track_and_verify_wals", "true");
        DBOptions options = DBOptions.getDBOptionsFromProps(properties);
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not know track_and_verify_wals");
        }
        return options;
    }

    DBOptions creating() {
        return database.setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    }

    DBOptions database() {
        return database;
    }

    /**
     * The default family, which RocksDB insists on and we leave empty, and then ours in the order of {@link Family}.
     */
    List<ColumnFamilyDescriptor> families() {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(SMALL_MEMTABLE_BYTES)));
        for (Family family : Family.values()) {
            long memtableBytes = family == Family.DATA ? DATA_MEMTABLE_BYTES : SMALL_MEMTABLE_BYTES;
            families.add(new ColumnFamilyDescriptor(family.nameBytes(), family(memtableBytes)));
        }
        return families;
    }

    private ColumnFamilyOptions family(long memtableBytes) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(blockCache)
                .setFilterPolicy(bloom)
                .setBlockSize(BLOCK_BYTES)
                // Indexes and filters count against the cache: otherwise memory would grow with the volume.
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return handles.own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(memtableBytes)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
    }

    long blockCacheUsageBytes() {
        return blockCache.getUsage();
    }

    @Override
    public void close() {
        handles.close();
    }
}
