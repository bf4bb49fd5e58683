package dev.kvorum.storage;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.CommitStats;
import dev.kvorum.storage.commit.Committer;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.Gate;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status.Code;

/**
 * Everything that a node keeps on its disk. {@link #submit} and {@link #get} are for event loops and never wait for
 * the disk; everything named blocking, the scans and the meta family are for worker threads. Every method may be
 * called from any thread at any time, also during and after {@link #close}.
 *
 * <p>A node whose storage {@link #broken} or reports {@link #damage} must fence itself: no votes, no acknowledgements.
 */
public final class NodeStorage implements AutoCloseable {

    private static final byte META_PREFIX = 'm';

    private final OpenStore open;
    private final Identity identity;
    private final Committer committer;
    private final Gate reading = new Gate();
    private final AtomicBoolean closed = new AtomicBoolean();

    NodeStorage(OpenStore open, Identity identity, long queueLimitBytes) {
        this.open = open;
        this.identity = identity;
        long lastNumber = open.commitFile().mark().committed();
        this.committer = new Committer(open.sink(), open.space(), lastNumber, queueLimitBytes);
        committer.start();
    }

    /**
     * Opens a data directory, or makes it when it is empty. Blocks for as long as the logs take to replay, twice.
     *
     * @throws IOException when the directory cannot be read or made at all
     */
    public static Recovery open(StorageConfig config) throws IOException {
        return new Opening(config).open();
    }

    public Identity identity() {
        return identity;
    }

    /** Queues an operation and returns at once; see {@link Submitted} for what else can become of it. */
    public Submitted submit(WriteOp op) {
        return committer.submit(op);
    }

    /** Queues an operation as {@link #submit} does, to be written with others at the next {@link #wake}. */
    public Submitted queue(WriteOp op) {
        return committer.queue(op);
    }

    /** The records of a consensus group; {@link GroupRecords#read} them before anything else. */
    public GroupRecords group(int number) {
        return new GroupRecords(this, number);
    }

    /** Queues what must not be refused for want of room; see {@link Committer#submitAnyway}. */
    Submitted submitAnyway(WriteOp op) {
        return committer.submitAnyway(op);
    }

    /** Walks over the entries of a family in a range; blocks. */
    void each(Family family, byte[] from, byte[] to, RocksStore.Visitor visitor) throws IOException {
        if (!reading.enter()) {
            throw new IOException("the storage is closed");
        }
        try {
            open.store().each(family, from, to, visitor);
        } catch (RocksDBException failure) {
            throw new IOException(open.damages().met(failure).toString(), failure);
        } finally {
            reading.exit();
        }
    }

    /** Has what was queued written soon. */
    public void wake() {
        committer.wake();
    }

    /** Number of the last batch known to be synced: what a node shows its peers with every acknowledgement. */
    public long syncedCommit() {
        return open.sink().syncedNumber();
    }

    /** Looks an object up in memory: memtables and cached blocks. Microseconds, never the disk. */
    public Read get(int slot, int bucket, byte[] key) {
        if (!reading.enter()) {
            return new Read.Closed();
        }
        try {
            return answer(open.store().getFromMemory(Family.DATA, StoredKey.of(slot, bucket, key)));
        } catch (RocksDBException failure) {
            return RocksErrors.code(failure) == Code.Incomplete
                    ? new Read.NeedsIo()
                    : new Read.Damaged(open.damages().met(failure));
        } finally {
            reading.exit();
        }
    }

    /** Looks an object up wherever it is; may wait for the disk. Never {@link Read.NeedsIo}. */
    public Read getBlocking(int slot, int bucket, byte[] key) {
        return read(Family.DATA, StoredKey.of(slot, bucket, key));
    }

    /**
     * One page of the objects in a slot range; blocks.
     *
     * @param fromSlot first slot
     * @param toSlot first slot behind the range, at most {@link StoredKey#SLOTS}
     * @param cursor of the page before; empty for the first page
     * @param limits at least one entry is returned, however small they are
     */
    public Scan scan(int fromSlot, int toSlot, Optional<byte[]> cursor, PageLimits limits) {
        if (!reading.enter()) {
            return new Scan.Closed();
        }
        try {
            PageCollector page = new PageCollector(limits);
            byte[] from = cursor.map(PageCollector::after).orElseGet(() -> StoredKey.firstOf(fromSlot));
            open.store().each(Family.DATA, from, StoredKey.firstOf(toSlot), page);
            return page.page();
        } catch (RocksDBException failure) {
            return new Scan.Damaged(open.damages().met(failure));
        } finally {
            reading.exit();
        }
    }

    /** How many objects a slot range holds, tombstones included; blocks, and takes as long as reading them. */
    public Count count(int fromSlot, int toSlot) {
        if (!reading.enter()) {
            return new Count.Closed();
        }
        try {
            long[] keys = new long[1];
            open.store().each(Family.DATA, StoredKey.firstOf(fromSlot), StoredKey.firstOf(toSlot), at -> ++keys[0] > 0);
            return new Count.Counted(keys[0]);
        } catch (RocksDBException failure) {
            return new Count.Damaged(open.damages().met(failure));
        } finally {
            reading.exit();
        }
    }

    /**
     * Keeps a value of the server's own; blocks until it is synced.
     *
     * @throws IOException when it was not written, or when nobody knows whether it was
     */
    public void putMeta(String name, byte[] value) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Change put = new Change.Put(Family.META, metaKey(name), value.clone());
        Submitted submitted = submit(new WriteOp(put, Durability.FSYNC, 0, new Awaiting(done)));
        if (submitted != Submitted.ACCEPTED) {
            throw new IOException("meta \"" + name + "\" was not written: " + submitted);
        }
        try {
            done.get();
        } catch (ExecutionException failed) {
            throw new IOException("meta \"" + name + "\" may not have been written", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while meta \"" + name + "\" was being written", stopped);
        }
    }

    /** A value that {@link #putMeta} kept; blocks. Never {@link Read.NeedsIo}. */
    public Read getMeta(String name) {
        return read(Family.META, metaKey(name));
    }

    /** The node has merged what it may have lost to a kernel restart; from now on a restart is clean again. Durable. */
    public void merged() {
        if (reading.enter()) {
            try {
                open.commitFile().stand(Standing.COMPLETE);
            } finally {
                reading.exit();
            }
        }
    }

    /** Whether the volume is below its reserve: writes are refused until space was freed. */
    public boolean full() {
        return open.space().full();
    }

    /** The write failure after which this storage takes no writes; only a restart helps. */
    public Optional<Throwable> broken() {
        return committer.broken();
    }

    /**
     * The first damage that a read, a flush or a compaction met. It is remembered: the next open is {@link
     * Recovery.Amnesia}.
     */
    public Optional<Damage> damage() {
        return open.damages().first();
    }

    /** Reads every file whole and compares checksums; blocks for as long as that takes. */
    public Optional<Damage> verify() {
        if (reading.enter()) {
            try {
                open.store().verifyChecksums();
            } catch (RocksDBException failure) {
                open.damages().met(failure);
            } finally {
                reading.exit();
            }
        }
        return damage();
    }

    /** What the committer has done so far; never waits for anything. */
    public CommitStats commits() {
        return committer.stats();
    }

    /** Bytes that wait for the committer. */
    public long queuedBytes() {
        return committer.queuedBytes();
    }

    public StorageMetrics metrics() {
        long cacheBytes = 0;
        long liveBytes = 0;
        if (reading.enter()) {
            try {
                cacheBytes = open.store().blockCacheUsageBytes();
                liveBytes = open.store().liveDataBytes();
            } catch (RocksDBException unknown) {
                liveBytes = -1;
            } finally {
                reading.exit();
            }
        }
        return new StorageMetrics(
                committer.stats(),
                committer.queuedBytes(),
                open.space().freeBytes(),
                open.space().volumeBytes(),
                cacheBytes,
                liveBytes);
    }

    /** Commits and answers what was accepted, waits for the reads under way, and lets go of the directory. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            committer.close();
            reading.close();
            open.close();
        }
    }

    private Read read(Family family, byte[] key) {
        if (!reading.enter()) {
            return new Read.Closed();
        }
        try {
            return answer(open.store().get(family, key));
        } catch (RocksDBException failure) {
            return new Read.Damaged(open.damages().met(failure));
        } finally {
            reading.exit();
        }
    }

    private static Read answer(byte @Nullable [] value) {
        return value == null ? new Read.Absent() : new Read.Found(value);
    }

    private static byte[] metaKey(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[text.length + 1];
        key[0] = META_PREFIX;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    private record Awaiting(CompletableFuture<Void> done) implements CommitListener {
        @Override
        public void committed(long[] opIds, int count) {
            done.complete(null);
        }

        @Override
        public void failed(long[] opIds, int count, Throwable cause) {
            done.completeExceptionally(cause);
        }
    }
}
