package dev.kvorum.storage;

import dev.kvorum.storage.commit.DiskSpace;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.files.BootId;
import dev.kvorum.storage.files.CommitFile;
import dev.kvorum.storage.files.CommitMark;
import dev.kvorum.storage.files.DirectoryLock;
import dev.kvorum.storage.files.DurableFiles;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.IdentityFile;
import dev.kvorum.storage.files.LogScan;
import dev.kvorum.storage.files.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * One open of a data directory: from the lock to the verdict. Everything is judged with the files as they are, RocksDB
 * read-only, before anything is opened for writing; so a verdict of amnesia leaves the evidence whole.
 */
final class Opening {

    private final StorageConfig config;
    private final StoreFiles files;
    private final UUID bootId;

    Opening(StorageConfig config) {
        this.config = config;
        this.files = new StoreFiles(config.dataDir().toAbsolutePath());
        this.bootId = BootId.read(config.bootIdSource());
    }

    Recovery open() throws IOException {
        Files.createDirectories(files.dataDir());
        Optional<DirectoryLock> lock = DirectoryLock.take(files.lock());
        if (lock.isEmpty()) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " is in use by another process");
        }
        boolean kept = false;
        try {
            Recovery verdict = Files.exists(files.store()) ? openExisting(lock.get()) : openEmpty(lock.get());
            kept = holdsStorage(verdict);
            return verdict;
        } catch (IOException failure) {
            return new Recovery.Unavailable(files.dataDir() + " cannot be used now: " + failure);
        } finally {
            if (!kept) {
                lock.get().close();
            }
        }
    }

    private static boolean holdsStorage(Recovery verdict) {
        return switch (verdict) {
            case Recovery.Fresh fresh -> true;
            case Recovery.Clean clean -> true;
            case Recovery.AfterKernelRestart restarted -> true;
            case Recovery.Amnesia amnesia -> false;
            case Recovery.Refused refused -> false;
            case Recovery.Unavailable unavailable -> false;
        };
    }

    // ---- an empty directory -------------------------------------------------------------------------------------

    private Recovery openEmpty(DirectoryLock lock) throws IOException {
        Optional<String> stranger = files.stranger();
        if (stranger.isPresent()) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " holds \"" + stranger.get()
                    + "\" and no store; give the node an empty directory, or the one it had");
        }
        Identity identity = Identity.mint(config.name());
        try {
            makeStore(identity);
            CommitMark start = new CommitMark(0, 0, bootId, Standing.COMPLETE);
            return new Recovery.Fresh(openForWriting(lock, identity, start));
        } catch (RocksDBException failure) {
            return new Recovery.Unavailable("no store can be made in " + files.dataDir() + " now: " + failure);
        }
    }

    private void makeStore(Identity identity) throws IOException, RocksDBException {
        removeUnfinished();
        StoreFiles made = files.inUnfinished();
        Files.createDirectories(made.store());
        try (RocksStore store = RocksStore.create(made.rocksdb(), options(WALRecoveryMode.AbsoluteConsistency))) {
            store.putDurably(Family.META, RocksStore.VOLUME_KEY, volumeBytes(identity));
        }
        CommitFile.create(made.commit(), identity, bootId);
        IdentityFile.write(made.identity(), identity);
        DurableFiles.syncDirectory(made.rocksdb());
        DurableFiles.move(made.store(), files.store());
    }

    private void removeUnfinished() throws IOException {
        if (Files.exists(files.unfinished())) {
            try (Stream<Path> tree = Files.walk(files.unfinished())) {
                for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    // ---- an existing store --------------------------------------------------------------------------------------

    private Recovery openExisting(DirectoryLock lock) throws IOException {
        Optional<CommitFile.Content> commit = CommitFile.read(files.commit());
        Optional<Identity> stored = IdentityFile.read(files.identity());
        if (stored.isEmpty()) {
            return amnesia(StoreFiles.IDENTITY, "is missing or damaged", commit.map(CommitFile.Content::owner));
        }
        Identity identity = stored.get();
        if (!identity.name().equals(config.name())) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " belongs to node \""
                    + identity.name() + "\", but this node is configured as \"" + config.name() + '"');
        }
        if (commit.isEmpty()) {
            return amnesia(StoreFiles.COMMIT, "is missing or damaged", stored);
        }
        if (!commit.get().owner().equals(identity)) {
            return amnesia(StoreFiles.COMMIT, "belongs to another volume", stored);
        }
        return judge(lock, identity, commit.get().mark());
    }

    private Recovery judge(DirectoryLock lock, Identity identity, CommitMark mark) throws IOException {
        Optional<Damage> noted = DamageLog.noted(files.damage());
        if (noted.isPresent()) {
            return new Recovery.Amnesia(noted.get(), Optional.of(identity));
        }
        try {
            Inspection inspection = inspect(identity, mark);
            return switch (inspection) {
                case Inspection.Damaged(Damage damage) -> new Recovery.Amnesia(damage, Optional.of(identity));
                case Inspection.Sound(long reached) -> openSound(lock, identity, mark, reached);
            };
        } catch (RocksDBException failure) {
            return RocksErrors.isDamage(failure)
                    ? new Recovery.Amnesia(locate(failure), Optional.of(identity))
                    : new Recovery.Unavailable(files.dataDir() + " cannot be opened now: " + failure.getMessage());
        }
    }

    private Recovery openSound(DirectoryLock lock, Identity identity, CommitMark mark, long reached)
            throws IOException, RocksDBException {
        boolean complete = mark.bootId().equals(bootId) && mark.standing() == Standing.COMPLETE;
        Standing standing = complete ? Standing.COMPLETE : Standing.OWES_MERGE;
        CommitMark start = new CommitMark(reached, mark.synced(), bootId, standing);
        NodeStorage storage = openForWriting(lock, identity, start);
        return complete
                ? new Recovery.Clean(storage)
                : new Recovery.AfterKernelRestart(storage, reached, mark.synced());
    }

    // ---- what the files show, read-only -------------------------------------------------------------------------

    private sealed interface Inspection {
        record Sound(long reached) implements Inspection {}

        record Damaged(Damage damage) implements Inspection {}
    }

    private Inspection inspect(Identity identity, CommitMark mark) throws IOException, RocksDBException {
        boolean sameKernel = mark.bootId().equals(bootId);
        try (RocksStore store = RocksStore.openReadOnly(files.rocksdb(), options(recoveryMode(sameKernel)))) {
            long reached = store.commitNumber();
            long required = sameKernel ? mark.committed() : mark.synced();
            if (reached < required) {
                return new Inspection.Damaged(whereTheLogEnds(reached, required));
            }
            if (!Arrays.equals(store.get(Family.META, RocksStore.VOLUME_KEY), volumeBytes(identity))) {
                return damaged(StoreFiles.ROCKSDB, "belongs to another volume");
            }
            // A kill can come between a batch and its mark, so one batch more is normal.
            if (sameKernel && reached > mark.committed() + 1) {
                return damaged(
                        StoreFiles.COMMIT,
                        "is an old copy: it ends at batch " + mark.committed() + ", the log at " + reached);
            }
            return new Inspection.Sound(reached);
        }
    }

    /**
     * Under one kernel a log can only end in a record cut off by a kill; any other flaw is damage. After a power cut
     * the unsynced tail may hold anything, and the commit number says whether more than that is gone.
     */
    private static WALRecoveryMode recoveryMode(boolean sameKernel) {
        return sameKernel ? WALRecoveryMode.TolerateCorruptedTailRecords : WALRecoveryMode.PointInTimeRecovery;
    }

    /** RocksDB often says "checksum mismatch" without saying where. */
    private Damage locate(RocksDBException failure) throws IOException {
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

    // ---- parts --------------------------------------------------------------------------------------------------

    private NodeStorage openForWriting(DirectoryLock lock, Identity identity, CommitMark start)
            throws IOException, RocksDBException {
        DiskSpace space = new DiskSpace(
                files.store(), config.reserve().bytes(), config.reserve().perMille());
        DamageLog damages = new DamageLog(files.damage());
        boolean sameKernel = start.standing() == Standing.COMPLETE;
        RocksStore store = RocksStore.open(files.rocksdb(), options(recoveryMode(sameKernel)));
        CommitFile commitFile;
        try {
            commitFile = CommitFile.open(files.commit(), start);
        } catch (IOException failed) {
            store.close();
            throw failed;
        }
        RocksSink sink = new RocksSink(store, commitFile, damages);
        OpenStore open = new OpenStore(lock, store, commitFile, sink, damages, space);
        return new NodeStorage(open, identity, config.memory().queueBytes());
    }

    private RocksOptions options(WALRecoveryMode mode) {
        return new RocksOptions(config.memory(), mode);
    }

    private static byte[] volumeBytes(Identity identity) {
        return identity.volumeId().getBytes(StandardCharsets.US_ASCII);
    }

    private static Recovery amnesia(String file, String what, Optional<Identity> identity) {
        return new Recovery.Amnesia(new Damage(file, what), identity);
    }

    private static Inspection damaged(String file, String what) {
        return new Inspection.Damaged(new Damage(file, what));
    }
}
