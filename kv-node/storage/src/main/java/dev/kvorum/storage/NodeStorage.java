package dev.kvorum.storage;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.CommitStats;
import dev.kvorum.storage.commit.Committer;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.Gate;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import dev.kvorum.storage.files.CommitMark;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
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
    private final VolumeStarted start;
    private final Committer committer;
    private final Gate reading = new Gate();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Arrival arrival;

    NodeStorage(OpenStore open, Arrival arrival, long queueLimitBytes) {
        this.open = open;
        this.arrival = arrival;
        VolumeFiles volume = open.volume();
        CommitMark mark = volume.commit().mark();
        String volumeId = volume.identity().volumeId();
        this.start = new VolumeStarted(volumeId, volume.boot(), new SecureRandom().nextLong(), mark.synced());
        this.committer = new Committer(open.sink(), open.space(), mark.committed(), queueLimitBytes);
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

    /**
     * Sets a store that cannot be believed aside inside the data directory, as {@code store.former}, whole, and opens
     * an empty one in its place: a new volume of the same node, as far as any file still tells the node's id. It knows
     * of the one before ({@link #arrival}) until {@link #settled}, also over restarts, which find it {@link
     * Recovery.Clean}. One store set aside is kept; an earlier one is deleted.
     *
     * @param verdict what {@link #open} said of this directory just now
     * @return {@link Recovery.Fresh}, or why not; refused when the directory is no longer the one that was judged
     * @throws IOException when the directory cannot be read or made at all
     */
    public static Recovery openAnew(StorageConfig config, Recovery.Amnesia verdict) throws IOException {
        return new Opening(config).openAnew(verdict);
    }

    public Identity identity() {
        return open.volume().identity();
    }

    /** This start of the volume. */
    public VolumeStarted start() {
        return start;
    }

    /** Whether this volume still has to be made known as one that took another's place. */
    public Arrival arrival() {
        return arrival;
    }

    /**
     * The arrival is known where it must be: {@link Arrival.Kept} from now on. Blocks until that is durable.
     *
     * @throws IOException when nobody knows whether it is
     */
    public void settled() throws IOException {
        commitBlocking("the arrival of the volume", new Change.Delete(Family.META, RocksStore.ARRIVAL_KEY));
        arrival = new Arrival.Kept();
    }

    /**
     * The cluster knows this node by another id: {@link #identity} says so from now on, also after restarts, and also
     * where files of a damaged volume are asked. Blocks until that is durable.
     *
     * @throws IOException when it may not be
     */
    public void becomeNode(NodeId nodeId) throws IOException {
        changeFiles(() -> open.volume().become(nodeId));
    }

    /**
     * Others know that this volume is not what it seems: the next open is {@link Recovery.Amnesia} with these words,
     * and {@link #damage} says so at once. Blocks until that is durable.
     *
     * @throws IOException when it may not be
     */
    public void forsake(String why) throws IOException {
        changeFiles(() -> open.damages().heard(new Damage(StoreFiles.STORE, why)));
    }

    /**
     * Another volume has shown this synced commit number. Kept, if it is the highest so far, with the next batch that
     * is written anyway. Nanoseconds; for every frame.
     *
     * @param volumeId 32 hex digits, of a volume that belongs to the cluster
     */
    public void witness(String volumeId, long syncedCommit) {
        open.sink().witnesses().saw(volumeId, syncedCommit);
    }

    /** The highest synced commit number that a volume was seen with, also before restarts; 0 when never. */
    public long witnessed(String volumeId) {
        return open.sink().witnesses().highest(volumeId);
    }

    /** That volume was given up; what it was seen with is deleted with the next batch. */
    public void forgetWitnessed(String volumeId) {
        open.sink().witnesses().forget(volumeId);
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
        commitBlocking("meta \"" + name + '"', new Change.Put(Family.META, metaKey(name), value.clone()));
    }

    /** A value that {@link #putMeta} kept; blocks. Never {@link Read.NeedsIo}. */
    public Read getMeta(String name) {
        return read(Family.META, metaKey(name));
    }

    /** The node has merged what it may have lost to a kernel restart; from now on a restart is clean again. Durable. */
    public void merged() {
        if (reading.enter()) {
            try {
                open.volume().commit().stand(Standing.COMPLETE);
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

    private interface FileChange {
        void make() throws IOException;
    }

    private void changeFiles(FileChange change) throws IOException {
        if (!reading.enter()) {
            throw new IOException("the storage is closed");
        }
        try {
            change.make();
        } finally {
            reading.exit();
        }
    }

    private void commitBlocking(String what, Change change) throws IOException {
        AwaitedCommit awaited = new AwaitedCommit(what);
        awaited.await(committer.submitAnyway(new WriteOp(change, Durability.FSYNC, 0, awaited)));
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
}
