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
import dev.kvorum.storage.files.Standing;
import dev.kvorum.storage.files.Starts;
import dev.kvorum.storage.files.StartsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.rocksdb.RocksDBException;

/**
 * One open of a data directory: from the lock to the verdict. Everything is judged with the files as they are, RocksDB
 * read-only, before anything is opened for writing; so a verdict of amnesia leaves the evidence whole.
 */
final class Opening {

    private final StorageConfig config;
    private final StoreFiles files;
    private final UUID bootId;
    private final Passage passage;
    private final StoreMaking making;

    Opening(StorageConfig config) {
        this(config, Passage.FREE);
    }

    Opening(StorageConfig config, Passage passage) {
        this.config = config;
        this.files = new StoreFiles(config.dataDir().toAbsolutePath());
        this.bootId = BootId.read(config.bootIdSource());
        this.passage = passage;
        this.making = new StoreMaking(config, files, bootId, passage);
    }

    Recovery open() throws IOException {
        return locked(lock -> Files.exists(files.store()) ? openExisting(lock) : openEmpty(lock));
    }

    /** Puts an empty store in place of the one of which this was said. */
    Recovery openAnew(Recovery.Amnesia verdict) throws IOException {
        return locked(lock -> renew(lock, verdict));
    }

    @FunctionalInterface
    private interface Work {
        Recovery with(DirectoryLock lock) throws IOException, RocksDBException;
    }

    /** Works under the lock, and keeps it when a storage comes of it. */
    private Recovery locked(Work work) throws IOException {
        Files.createDirectories(files.dataDir());
        Optional<DirectoryLock> lock = DirectoryLock.take(files.lock());
        if (lock.isEmpty()) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " is in use by another process");
        }
        boolean kept = false;
        try {
            Renewal.resume(files);
            Recovery verdict = work.with(lock.get());
            kept = holdsStorage(verdict);
            return verdict;
        } catch (IOException | RocksDBException failure) {
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

    // ---- an empty store -----------------------------------------------------------------------------------------

    private Recovery openEmpty(DirectoryLock lock) throws IOException, RocksDBException {
        Optional<String> stranger = files.stranger();
        if (stranger.isPresent()) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " holds \"" + stranger.get()
                    + "\" and no store; give the node an empty directory, or the one it had");
        }
        Identity identity = Identity.mint(config.name());
        DurableFiles.move(making.make(identity, Optional.empty()).store(), files.store());
        passage.passed(Passage.Step.STORE_IN_PLACE);
        return openMade(lock, identity);
    }

    private Recovery renew(DirectoryLock lock, Recovery.Amnesia verdict) throws IOException, RocksDBException {
        Optional<Identity> told = readOwners().told(config.name());
        if (!Files.exists(files.store()) || !told.equals(verdict.identity())) {
            return new Recovery.Refused("the data directory " + files.dataDir()
                    + " is not the one any more that could not be believed (" + verdict.damage() + "); start again");
        }
        new Renewal(files, making, passage).renew(config.name(), told);
        return openMade(lock, IdentityFile.read(files.identity()).orElseThrow());
    }

    private Recovery openMade(DirectoryLock lock, Identity identity) throws IOException, RocksDBException {
        CommitMark nothing = new CommitMark(0, 0, bootId, Standing.COMPLETE, 1);
        return new Recovery.Fresh(openForWriting(lock, Starts.none(identity), nothing));
    }

    // ---- an existing store --------------------------------------------------------------------------------------

    private Owners readOwners() throws IOException {
        return new Owners(
                IdentityFile.read(files.identity()),
                CommitFile.read(files.commit()).map(CommitFile.Content::owner),
                StartsFile.read(files.starts()).map(Starts::owner));
    }

    private Recovery openExisting(DirectoryLock lock) throws IOException, RocksDBException {
        Owners owners = readOwners();
        Optional<String> otherName = owners.otherName(config.name());
        if (otherName.isPresent()) {
            return new Recovery.Refused("the data directory " + files.dataDir() + " belongs to node \""
                    + otherName.get() + "\", but this node is configured as \"" + config.name() + '"');
        }
        Optional<Identity> told = owners.told(config.name());
        Optional<Damage> flaw = owners.flaw(told);
        return flaw.isPresent() ? new Recovery.Amnesia(flaw.get(), told) : judge(lock, told.orElseThrow());
    }

    private Recovery judge(DirectoryLock lock, Identity owner) throws IOException, RocksDBException {
        Starts read = StartsFile.read(files.starts()).orElseThrow();
        Starts starts = new Starts(owner, read.boot(), read.trust());
        CommitMark mark = CommitFile.read(files.commit()).orElseThrow().mark();
        Optional<Damage> noted = DamageNote.read(files, starts);
        if (noted.isPresent()) {
            return new Recovery.Amnesia(noted.get(), Optional.of(owner));
        }
        Inspection inspection = new Inspection(config, files, starts, mark, bootId);
        try {
            return switch (inspection.look()) {
                case Inspection.Finding.Unsound(Damage damage) -> new Recovery.Amnesia(damage, Optional.of(owner));
                case Inspection.Finding.Sound(long reached) -> openSound(lock, starts, mark, reached);
            };
        } catch (RocksDBException failure) {
            if (RocksErrors.isDamage(failure)) {
                return new Recovery.Amnesia(inspection.locate(failure), Optional.of(owner));
            }
            throw failure;
        }
    }

    private Recovery openSound(DirectoryLock lock, Starts starts, CommitMark mark, long reached)
            throws IOException, RocksDBException {
        boolean complete = mark.bootId().equals(bootId) && mark.standing() == Standing.COMPLETE;
        Standing standing = complete ? Standing.COMPLETE : Standing.OWES_MERGE;
        // RocksDB writes what it replayed into tables, synced, before it is open: all that was reached is on the disk.
        CommitMark start = new CommitMark(reached, reached, bootId, standing, starts.boot() + 1);
        NodeStorage storage = openForWriting(lock, starts, start);
        return complete
                ? new Recovery.Clean(storage)
                : new Recovery.AfterKernelRestart(storage, reached, mark.synced());
    }

    /** @param before the starts so far, without this one */
    private NodeStorage openForWriting(DirectoryLock lock, Starts before, CommitMark start)
            throws IOException, RocksDBException {
        Starts starts = before.after(before.boot());
        StartsFile.write(files.starts(), starts);
        passage.passed(Passage.Step.START_COUNTED);
        DiskSpace space = new DiskSpace(
                files.store(), config.reserve().bytes(), config.reserve().perMille());
        boolean sameKernel = start.standing() == Standing.COMPLETE;
        RocksOptions options = new RocksOptions(config.memory(), Inspection.recoveryMode(sameKernel));
        NativeHandles opened = new NativeHandles();
        RocksStore store = opened.own(RocksStore.open(files.rocksdb(), options));
        try {
            passage.passed(Passage.Step.DATABASE_OPENED);
            VolumeFiles volume = opened.own(VolumeFiles.open(files, starts, start));
            passage.passed(Passage.Step.MARK_WRITTEN);
            DamageLog damages = new DamageLog(volume);
            RocksSink sink = opened.own(new RocksSink(store, volume, damages, kept(store)));
            OpenStore open = new OpenStore(lock, store, volume, sink, damages, space);
            Arrival arrival = ArrivalRecord.read(store.get(Family.META, RocksStore.ARRIVAL_KEY));
            return new NodeStorage(open, arrival, config.memory().queueBytes());
        } catch (IOException | RocksDBException failed) {
            opened.close();
            throw failed;
        }
    }

    private static Witnesses kept(RocksStore store) throws RocksDBException {
        Witnesses witnesses = new Witnesses();
        store.each(Family.META, Witnesses.firstKey(), Witnesses.behindLastKey(), at -> {
            witnesses.load(at.key(), at.value());
            return true;
        });
        return witnesses;
    }
}
