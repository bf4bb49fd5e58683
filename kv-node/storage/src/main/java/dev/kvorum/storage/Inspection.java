package dev.kvorum.storage;

import dev.kvorum.storage.files.CommitMark;
import dev.kvorum.storage.files.LogScan;
import dev.kvorum.storage.files.Starts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** What the database shows, opened read-only: whether it is this volume's, and holds what the small files require. */
final class Inspection {

    private final StoreFiles files;
    private final StorageConfig config;
    private final Starts starts;
    private final CommitMark mark;
    private final boolean sameKernel;

    /**
     * @param starts the present count of starts, whose owner is the volume's
     * @param bootId of the kernel that runs now
     */
    Inspection(StorageConfig config, StoreFiles files, Starts starts, CommitMark mark, UUID bootId) {
        this.config = config;
        this.files = files;
        this.starts = starts;
        this.mark = mark;
        this.sameKernel = mark.bootId().equals(bootId);
    }

    sealed interface Finding {
        /**
         * Nothing is missing.
         *
         * @param reached number of the last batch
         */
        record Sound(long reached) implements Finding {}

        /** Something is missing, damaged, or not this volume's. */
        record Unsound(Damage damage) implements Finding {}
    }

    /**
     * Looks; changes no file.
     *
     * @throws RocksDBException when the database does not open, whatever the reason
     */
    Finding look() throws IOException, RocksDBException {
        RocksOptions options = new RocksOptions(config.memory(), recoveryMode(sameKernel));
        try (RocksStore store = RocksStore.openReadOnly(files.rocksdb(), options)) {
            Optional<BatchMark> last = store.lastBatch();
            return last.isPresent() ? judge(last.get()) : unsound(StoreFiles.ROCKSDB, "does not say whose it is");
        }
    }

    private Finding judge(BatchMark last) throws IOException {
        long required = sameKernel ? mark.committed() : mark.synced();
        if (!last.volumeId().equals(starts.owner().volumeId())) {
            return unsound(StoreFiles.ROCKSDB, "belongs to another volume");
        }
        if (last.number() < required) {
            return new Finding.Unsound(whereTheLogEnds(last.number(), required));
        }
        if (Math.max(last.boot(), mark.boot()) > starts.boot()) {
            return unsound(StoreFiles.STARTS, oldCopy("start", starts.boot(), Math.max(last.boot(), mark.boot())));
        }
        if (last.boot() > mark.boot()) {
            return unsound(StoreFiles.COMMIT, oldCopy("start", mark.boot(), last.boot()));
        }
        // A kill can come between a batch and its mark, so one batch more is normal.
        if (sameKernel && last.number() > mark.committed() + 1) {
            return unsound(StoreFiles.COMMIT, oldCopy("batch", mark.committed(), last.number()));
        }
        return new Finding.Sound(last.number());
    }

    private static String oldCopy(String what, long file, long others) {
        return "is an old copy: it ends at %s %d, others at %d".formatted(what, file, others);
    }

    private static Finding unsound(String file, String what) {
        return new Finding.Unsound(new Damage(file, what));
    }

    /**
     * Under one kernel a log can only end in a record cut off by a kill; any other flaw is damage. After a power cut
     * the unsynced tail may hold anything, and the commit number says whether more than that is gone.
     */
    static WALRecoveryMode recoveryMode(boolean sameKernel) {
        return sameKernel ? WALRecoveryMode.TolerateCorruptedTailRecords : WALRecoveryMode.PointInTimeRecovery;
    }

    // ---- where the damage is ------------------------------------------------------------------------------------

    /** RocksDB often says "checksum mismatch" without saying where. */
    Damage locate(RocksDBException failure) throws IOException {
        Optional<Damage> scanned = firstDamagedLog();
        return scanned.isPresent() ? scanned.get() : RocksErrors.damage(failure);
    }

    private Damage whereTheLogEnds(long reached, long required) throws IOException {
        String missing = "; batch " + required + " was acknowledged, the log ends at " + reached;
        Optional<Damage> scanned = firstDamagedLog();
        if (scanned.isPresent()) {
            return new Damage(scanned.get().file(), scanned.get().what() + missing);
        }
        List<Path> logs = files.logs();
        return logs.isEmpty()
                ? new Damage(StoreFiles.ROCKSDB + "/*.log", "missing" + missing)
                : new Damage(files.name(logs.getLast()), "too short" + missing);
    }

    private Optional<Damage> firstDamagedLog() throws IOException {
        for (Path log : files.logsAndManifests()) {
            OptionalLong damaged = LogScan.firstDamage(log);
            if (damaged.isPresent()) {
                return Optional.of(new Damage(files.name(log), "damaged at offset " + damaged.getAsLong()));
            }
        }
        return Optional.empty();
    }
}
