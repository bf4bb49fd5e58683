package dev.kvorum.server.node;

import dev.kvorum.core.replication.ReplicationEffect;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.replication.ReplicationInput.ScanFailed;
import dev.kvorum.core.replication.ReplicationInput.Scanned;
import dev.kvorum.core.replication.ReplicationInput.StoreFailed;
import dev.kvorum.core.replication.ReplicationMessage.End;
import dev.kvorum.core.replication.ReplicationMessage.StoredObject;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.PageLimits;
import dev.kvorum.storage.Read;
import dev.kvorum.storage.Scan;
import dev.kvorum.storage.StoredKey;
import dev.kvorum.storage.cache.ObjectCache;
import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a loop's machine asks of the node's store, in the store's own terms. */
final class StoreAccess {

    /** A page stays well below the longest frame, whatever its objects weigh. */
    private static final PageLimits PAGE = new PageLimits(256, 1 << 20);

    private final Vertx vertx;
    private final NodeStorage storage;
    private final ObjectCache cache;
    private final Loop loop;
    private boolean waking;

    StoreAccess(Vertx vertx, NodeStorage storage, ObjectCache cache, Loop loop) {
        this.vertx = vertx;
        this.storage = storage;
        this.cache = cache;
        this.loop = loop;
    }

    /** Writes of one turn of the loop go to the committer together. */
    void submit(ReplicationEffect.Store write) {
        byte[] key = stored(write.key());
        byte[] value = write.object().encode();
        var change = new Change.Put(Family.DATA, key, value);
        Submitted submitted = storage.queue(new WriteOp(change, durability(write), write.storeId(), loop));
        if (submitted != Submitted.ACCEPTED) {
            loop.take(new StoreFailed(write.storeId()));
            return;
        }
        cache.put(key, value);
        if (!waking) {
            waking = true;
            loop.context().runOnContext(turnEnds -> wake());
        }
    }

    private void wake() {
        waking = false;
        storage.wake();
    }

    private static Durability durability(ReplicationEffect.Store write) {
        return switch (write.durability()) {
            case OS -> Durability.OS;
            case FSYNC -> Durability.FSYNC;
        };
    }

    /** After a failed write nobody knows what the store holds. */
    void onWritesFailed() {
        cache.clear();
    }

    Read read(Key key) {
        byte[] stored = stored(key);
        byte[] cached = cache.get(stored);
        if (cached != null) {
            return new Read.Found(cached);
        }
        return kept(stored, storage.get(key.slot(), key.bucket(), key.bytes()), cache.ticket(stored));
    }

    Future<Read> readBlocking(Key key) {
        byte[] stored = stored(key);
        int ticket = cache.ticket(stored);
        return Workers.call(vertx, () -> storage.getBlocking(key.slot(), key.bucket(), key.bytes()))
                .map(read -> kept(stored, read, ticket));
    }

    private Read kept(byte[] stored, Read read, int ticket) {
        if (read instanceof Read.Found(byte[] value)) {
            cache.fill(stored, value, ticket);
        }
        return read;
    }

    private static byte[] stored(Key key) {
        return StoredKey.of(key.slot(), key.bucket(), key.bytes());
    }

    void scan(ReplicationEffect.Scan scan, Ring ring, Consumer<ReplicationInput> out) {
        Workers.call(vertx, () -> page(scan, ring))
                .onSuccess(out::accept)
                .onFailure(failed -> out.accept(new ScanFailed(scan.scanId())));
    }

    private ReplicationInput page(ReplicationEffect.Scan scan, Ring ring) {
        Scan page =
                storage.scan(ring.firstSlot(scan.shard()), ring.lastSlot(scan.shard()) + 1, cursor(scan.after()), PAGE);
        return switch (page) {
            case Scan.Page(List<Scan.Entry> entries, var cursor) ->
                new Scanned(scan.scanId(), objects(entries), cursor == null ? End.LAST : End.MORE);
            case Scan.Damaged ignored -> new ScanFailed(scan.scanId());
            case Scan.Closed() -> new ScanFailed(scan.scanId());
        };
    }

    private static Optional<byte[]> cursor(@Nullable Key after) {
        return after == null ? Optional.empty() : Optional.of(stored(after));
    }

    private static List<StoredObject> objects(List<Scan.Entry> entries) {
        List<StoredObject> objects = new ArrayList<>(entries.size());
        for (Scan.Entry entry : entries) {
            objects.add(new StoredObject(new Key(entry.bucket(), entry.key()), KvObject.decode(entry.value())));
        }
        return objects;
    }

    ObjectCache cache() {
        return cache;
    }

    boolean isFull() {
        return storage.full();
    }

    boolean isBroken() {
        return storage.broken().isPresent();
    }

    long syncedCommit() {
        return storage.syncedCommit();
    }
}
