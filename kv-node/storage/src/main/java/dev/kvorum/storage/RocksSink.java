package dev.kvorum.storage;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.CommitSink;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import java.io.IOException;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Turns the committer's batches into RocksDB's, each with its mark inside, and keeps the commit file behind them. */
final class RocksSink implements CommitSink, AutoCloseable {

    private final NativeHandles handles = new NativeHandles();
    private final RocksStore store;
    private final VolumeFiles volume;
    private final DamageLog damages;
    private final Witnesses witnesses;
    private final byte[] mark;
    private final WriteBatch batch = handles.own(new WriteBatch());
    private final WriteOptions synced = handles.own(new WriteOptions()).setSync(true);
    private final WriteOptions unsynced = handles.own(new WriteOptions());
    private volatile long syncedNumber;

    RocksSink(RocksStore store, VolumeFiles volume, DamageLog damages, Witnesses witnesses) {
        this.store = store;
        this.volume = volume;
        this.damages = damages;
        this.witnesses = witnesses;
        this.mark = BatchMark.template(volume.boot(), volume.identity().volumeId());
        this.syncedNumber = volume.commit().mark().synced();
    }

    Witnesses witnesses() {
        return witnesses;
    }

    @Override
    public void add(Change change) throws IOException {
        try {
            switch (change) {
                case Change.Put(Family family, byte[] key, byte[] value) -> batch.put(store.family(family), key, value);
                case Change.Delete(Family family, byte[] key) -> batch.delete(store.family(family), key);
                case Change.DeleteRange(Family family, byte[] from, byte[] to) ->
                    batch.deleteRange(store.family(family), from, to);
                case Change.Together(List<Change> changes) -> {
                    for (Change each : changes) {
                        add(each);
                    }
                }
            }
        } catch (RocksDBException failure) {
            throw new IOException("the write batch took no " + change.getClass().getSimpleName(), failure);
        }
    }

    @Override
    public void commit(long number, Durability durability) throws IOException {
        try {
            for (Change seen : witnesses.changes()) {
                add(seen);
            }
            BatchMark.number(mark, number);
            batch.put(store.family(Family.META), RocksStore.COMMIT_KEY, mark);
            WriteOptions options = switch (durability) {
                case FSYNC -> synced;
                case OS -> unsynced;
            };
            store.database().write(options, batch);
            batch.clear();
        } catch (RocksDBException failure) {
            damages.metWhileWriting(failure);
            throw new IOException("batch " + number + " was not written: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void reached(long number, Durability durability) {
        long nowSynced = durability == Durability.FSYNC ? number : syncedNumber;
        volume.commit().reach(number, nowSynced);
        syncedNumber = nowSynced;
    }

    /** Number of the last batch known to be synced. */
    long syncedNumber() {
        return syncedNumber;
    }

    @Override
    public void close() {
        handles.close();
    }
}
