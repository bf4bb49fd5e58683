package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.commit.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryIT {

    private static final PageLimits EVERYTHING = new PageLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final Volume volume;

    RecoveryIT(@TempDir Path directory) {
        this.volume = new Volume(directory);
    }

    @BeforeEach
    void firstStart() {
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOf(Recovery.Fresh.class);
        Volume.storage(verdict).close();
    }

    @Test
    void aRestartUnderTheSameKernelIsClean() {
        closing(volume.open(), storage -> Volume.write(storage, 1, 5, Durability.OS));
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOf(Recovery.Clean.class);
        closing(Volume.storage(verdict), storage -> Volume.assertHolds(storage, 1, 5));
    }

    @Test
    void aFirstStartCutOffInTheMiddleIsStartedAgain(@TempDir Path other) throws IOException {
        Volume begun = new Volume(other);
        Files.createDirectories(begun.dataDir().resolve("store.unfinished/store/rocksdb"));
        Files.writeString(begun.dataDir().resolve("store.unfinished/store/rocksdb/CURRENT"), "half");
        Recovery verdict = begun.recover();
        assertThat(verdict).isInstanceOf(Recovery.Fresh.class);
        Volume.storage(verdict).close();
    }

    @Test
    void afterAKernelRestartTheVolumeOwesAMergeUntilItWasMade() {
        closing(volume.open(), storage -> Volume.write(storage, 1, 5, Durability.FSYNC));
        volume.restartKernel();
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOfSatisfying(Recovery.AfterKernelRestart.class, restart -> {
            assertThat(restart.reached()).isEqualTo(5);
            assertThat(restart.synced()).isEqualTo(5);
        });
        Volume.storage(verdict).close();
        Recovery killedBeforeMerging = volume.recover();
        assertThat(killedBeforeMerging).isInstanceOf(Recovery.AfterKernelRestart.class);
        closing(Volume.storage(killedBeforeMerging), NodeStorage::merged);
        Recovery afterMerging = volume.recover();
        assertThat(afterMerging).isInstanceOf(Recovery.Clean.class);
        Volume.storage(afterMerging).close();
    }

    @Test
    void aPowerCutTakesAnyPartOfTheUnsyncedTailAndNothingElse() throws IOException {
        long synced = writeSyncedThenUnsynced();
        Path log = newestLog();
        byte[] whole = Files.readAllBytes(log);
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long reached = 0;
        for (int cut = 0; cut < 6; cut++) {
            long end = cut == 0 ? synced : random.nextLong(synced, whole.length);
            Volume torn = copyAfterPowerCut(cut, end);
            Recovery verdict = torn.recover();
            assertThat(verdict)
                    .as("log cut at %d of %d, synced to %d, seed %d", end, whole.length, synced, seed)
                    .isInstanceOf(Recovery.AfterKernelRestart.class);
            reached = Math.max(reached, ((Recovery.AfterKernelRestart) verdict).reached());
            closing(Volume.storage(verdict), storage -> Volume.assertHolds(storage, 1, 50));
        }
        assertThat(reached).as("seed %d", seed).isBetween(50L, 99L);
    }

    @Test
    void aPowerCutThatTookMoreThanTheUnsyncedTailIsAmnesia() throws IOException {
        long synced = writeSyncedThenUnsynced();
        assertThat(copyAfterPowerCut(0, synced - 1).recover())
                .isInstanceOfSatisfying(
                        Recovery.Amnesia.class,
                        amnesia -> assertThat(amnesia.damage().file())
                                .isEqualTo("store/rocksdb/" + newestLog().getFileName()));
    }

    @Test
    void aShorterLogUnderTheSameKernelIsAmnesiaThatNamesLogAndBatch() throws IOException {
        writeSyncedThenUnsynced();
        Path log = newestLog();
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertThat(volume.recover()).isInstanceOfSatisfying(Recovery.Amnesia.class, amnesia -> {
            assertThat(amnesia.damage().file()).isEqualTo("store/rocksdb/" + log.getFileName());
            assertThat(amnesia.damage().what()).contains("batch 100 was acknowledged", "ends at 99");
            assertThat(amnesia.identity()).isPresent();
        });
        assertThat(volume.recover()).as("again").isInstanceOf(Recovery.Amnesia.class);
    }

    @Test
    void aLostIdentityIsStillKnownFromTheCommitFile() throws IOException {
        NodeStorage storage = volume.open();
        storage.close();
        Files.delete(volume.dataDir().resolve("store/identity"));
        assertThat(volume.recover()).isInstanceOfSatisfying(Recovery.Amnesia.class, amnesia -> {
            assertThat(amnesia.identity()).contains(storage.identity());
            assertThat(amnesia.damage().file()).isEqualTo("store/identity");
        });
    }

    @Test
    void theDatabaseOfAnotherVolumeIsAmnesia(@TempDir Path other) throws IOException {
        Volume stranger = new Volume(other);
        stranger.open().close();
        Tree.delete(volume.dataDir().resolve("store/rocksdb"));
        Tree.copy(stranger.dataDir().resolve("store/rocksdb"), volume.dataDir().resolve("store/rocksdb"));
        assertThat(volume.recover())
                .isInstanceOfSatisfying(
                        Recovery.Amnesia.class,
                        amnesia -> assertThat(amnesia.damage().what()).isEqualTo("belongs to another volume"));
    }

    @Test
    void aDirectoryLostInsideTheStoreIsAmnesiaAndNotATryLater() throws IOException {
        Tree.delete(volume.dataDir().resolve("store/rocksdb"));
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOfSatisfying(Recovery.Amnesia.class, amnesia -> {
            assertThat(amnesia.damage().file()).startsWith("store/rocksdb");
            assertThat(amnesia.identity()).isPresent();
        });
        Volume.storage(volume.renew(verdict)).close();
        Tree.delete(volume.dataDir().resolve("store"));
        Files.createDirectory(volume.dataDir().resolve("store"));
        assertThat(volume.recover())
                .isInstanceOfSatisfying(
                        Recovery.Amnesia.class,
                        amnesia -> assertThat(amnesia.identity()).isEmpty());
        Volume.storage(volume.renew(volume.recover())).close();
    }

    @Test
    void aDamagedTableIsNeverAbsentAndIsRememberedAcrossRestarts() throws IOException {
        closing(volume.open(), storage -> Volume.writeTogether(storage, 1, 20_000));
        volume.open().close();
        Path table = largestTable();
        Harm.FLIP.to(table, table, Files.size(table) / 2);
        NodeStorage storage = Volume.storage(volume.recover());
        assertThat(storage.damage()).isEmpty();
        assertThat(storage.scan(0, StoredKey.SLOTS, Optional.empty(), EVERYTHING))
                .isInstanceOfSatisfying(
                        Scan.Damaged.class,
                        damaged ->
                                assertThat(damaged.damage().file()).isEqualTo("store/rocksdb/" + table.getFileName()));
        assertThat(storage.count(0, StoredKey.SLOTS)).isInstanceOf(Count.Damaged.class);
        assertThat(damagedReads(storage)).isPositive();
        assertThat(storage.damage()).isPresent();
        storage.close();
        assertThat(volume.recover())
                .isInstanceOfSatisfying(
                        Recovery.Amnesia.class,
                        amnesia ->
                                assertThat(amnesia.damage().file()).isEqualTo("store/rocksdb/" + table.getFileName()));
    }

    @Test
    void verifyFindsDamageThatNobodyRead() throws IOException {
        closing(volume.open(), storage -> Volume.writeTogether(storage, 1, 20_000));
        closing(volume.open(), storage -> assertThat(storage.verify()).isEmpty());
        Path table = largestTable();
        Harm.FLIP.to(table, table, Files.size(table) / 3);
        closing(
                volume.open(),
                storage -> assertThat(storage.verify())
                        .hasValueSatisfying(
                                damage -> assertThat(damage.file()).isEqualTo("store/rocksdb/" + table.getFileName())));
    }

    private static int damagedReads(NodeStorage storage) {
        int damaged = 0;
        for (long number = 1; number <= 20_000; number++) {
            Read read = storage.getBlocking(Volume.slot(number), 1, Volume.key(number));
            assertThat(read).isNotEqualTo(new Read.Absent());
            damaged += read instanceof Read.Damaged ? 1 : 0;
        }
        return damaged;
    }

    /** Fifty synced batches, fifty unsynced; returns the length of the log when the last sync returned. */
    private long writeSyncedThenUnsynced() throws IOException {
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 50, Durability.FSYNC);
            long synced = Files.size(newestLog());
            Volume.write(storage, 51, 100, Durability.OS);
            return synced;
        }
    }

    /** The volume as the disk has it after a power cut: all of it, but its newest log ends at {@code logEnd}. */
    private Volume copyAfterPowerCut(int number, long logEnd) throws IOException {
        Path copied = volume.directory().resolve("cut" + number);
        Tree.copy(volume.dataDir(), copied.resolve("data"));
        Volume torn = new Volume(copied);
        Path log = torn.dataDir().resolve(volume.dataDir().relativize(newestLog()));
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(logEnd);
        }
        return torn;
    }

    private Path newestLog() {
        return files(".log").getLast();
    }

    private Path largestTable() {
        return files(".sst").stream()
                .reduce((one, other) -> one.toFile().length() >= other.toFile().length() ? one : other)
                .orElseThrow();
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> files = Files.list(volume.dataDir().resolve(StoreFiles.ROCKSDB))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void closing(NodeStorage storage, Consumer<NodeStorage> use) {
        try (storage) {
            use.accept(storage);
        }
    }
}
