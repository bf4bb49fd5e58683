package dev.kvorum.storage;

import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.files.CommitFile;
import dev.kvorum.storage.files.DurableFiles;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.IdentityFile;
import dev.kvorum.storage.files.Starts;
import dev.kvorum.storage.files.StartsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** Makes an empty store under another name, whole and durable, to be renamed. */
final class StoreMaking {

    private final StorageConfig config;
    private final StoreFiles files;
    private final UUID bootId;
    private final Passage passage;

    StoreMaking(StorageConfig config, StoreFiles files, UUID bootId, Passage passage) {
        this.config = config;
        this.files = files;
        this.bootId = bootId;
        this.passage = passage;
    }

    /**
     * Makes it where {@link StoreFiles#unfinished} says.
     *
     * @param arrival what is kept of the volume before; empty in a directory that had none
     */
    StoreFiles make(Identity identity, Optional<byte[]> arrival) throws IOException, RocksDBException {
        DurableFiles.deleteTree(files.unfinished());
        StoreFiles made = files.inUnfinished();
        Files.createDirectories(made.store());
        RocksOptions options = new RocksOptions(config.memory(), WALRecoveryMode.AbsoluteConsistency);
        try (RocksStore store = RocksStore.create(made.rocksdb(), options)) {
            if (arrival.isPresent()) {
                store.putDurably(Family.META, RocksStore.ARRIVAL_KEY, arrival.get());
            }
            byte[] volume = identity.volumeId().getBytes(StandardCharsets.US_ASCII);
            store.putDurably(Family.META, RocksStore.VOLUME_KEY, volume);
        }
        DurableFiles.syncDirectory(made.rocksdb());
        passage.passed(Passage.Step.DATABASE_MADE);
        CommitFile.create(made.commit(), identity, bootId);
        StartsFile.write(made.starts(), Starts.none(identity));
        IdentityFile.write(made.identity(), identity);
        passage.passed(Passage.Step.FILES_MADE);
        return made;
    }
}
