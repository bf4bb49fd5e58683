package dev.kvorum.storage;

import dev.kvorum.storage.commit.DiskSpace;
import dev.kvorum.storage.files.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Everything that is open while a storage is. */
record OpenStore(
        DirectoryLock lock, RocksStore store, VolumeFiles volume, RocksSink sink, DamageLog damages, DiskSpace space)
        implements AutoCloseable {

    /** In the reverse order of opening; nobody may be inside any more. */
    @Override
    public void close() {
        sink.close();
        volume.close();
        store.close();
        try {
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("the lock of the data directory was not released", failed);
        }
    }
}
