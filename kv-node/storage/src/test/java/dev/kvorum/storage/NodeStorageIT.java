package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.RecordedAnswers;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeStorageIT {

    private static final byte[] KEY = "k".getBytes(StandardCharsets.US_ASCII);
    private static final PageLimits EVERYTHING = new PageLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    private final Volume volume;
    private final NodeStorage storage;

    NodeStorageIT(@TempDir Path directory) {
        volume = new Volume(directory);
        storage = volume.open();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void whatWasCommittedIsFoundInMemoryAndWhatWasNotIsAbsent() {
        Volume.write(storage, 1, 20, Durability.FSYNC);
        assertThat(Volume.value(storage.get(Volume.slot(7), 1, Volume.key(7)))).isEqualTo(Volume.value(7));
        assertThat(storage.get(Volume.slot(7), 2, Volume.key(7))).isEqualTo(new Read.Absent());
        assertThat(storage.getBlocking(Volume.slot(21), 1, Volume.key(21))).isEqualTo(new Read.Absent());
    }

    @Test
    void aLookUpThatMemoryCannotAnswerAsksForTheDisk() {
        Volume.writeTogether(storage, 1, 40_000);
        int needed = 0;
        for (long number = 1; number <= 40_000; number += 41) {
            Read fromMemory = storage.get(Volume.slot(number), 1, Volume.key(number));
            assertThat(fromMemory).isNotEqualTo(new Read.Absent());
            needed += fromMemory.equals(new Read.NeedsIo()) ? 1 : 0;
            assertThat(Volume.value(storage.getBlocking(Volume.slot(number), 1, Volume.key(number))))
                    .isEqualTo(Volume.value(number));
        }
        assertThat(needed)
                .as("8 MB of random order do not fit a cache of 8 MiB with its index")
                .isPositive();
    }

    @Test
    void deletesAndRangeDeletesTakeEffectInTheirOrder() {
        for (int slot = 10; slot < 20; slot++) {
            Volume.apply(storage, new Change.Put(Family.DATA, StoredKey.of(slot, 0, KEY), KEY));
        }
        Volume.apply(storage, new Change.Delete(Family.DATA, StoredKey.of(11, 0, KEY)));
        Volume.apply(storage, new Change.DeleteRange(Family.DATA, StoredKey.firstOf(13), StoredKey.firstOf(16)));
        Volume.apply(storage, new Change.Put(Family.DATA, StoredKey.of(14, 0, KEY), KEY));
        assertThat(storage.count(0, StoredKey.SLOTS)).isEqualTo(new Count.Counted(7));
        assertThat(storage.count(13, 16)).isEqualTo(new Count.Counted(1));
        assertThat(storage.get(11, 0, KEY)).isEqualTo(new Read.Absent());
    }

    @Test
    void pagesOfAScanJoinIntoTheWholeRangeInOrder() {
        Volume.writeTogether(storage, 1, 2_000);
        Scan.Page all = page(storage.scan(0, StoredKey.SLOTS, Optional.empty(), EVERYTHING));
        assertThat(all.entries()).hasSize(2_000);
        assertThat(all.cursor()).isNull();
        List<Scan.Entry> joined = new ArrayList<>();
        Optional<byte[]> cursor = Optional.empty();
        int pages = 0;
        do {
            Scan.Page page = page(storage.scan(0, StoredKey.SLOTS, cursor, new PageLimits(300, 40_000)));
            joined.addAll(page.entries());
            cursor = Optional.ofNullable(page.cursor());
            pages++;
        } while (cursor.isPresent());
        assertThat(pages).as("pages of 40,000 bytes, 225 each").isGreaterThan(10);
        assertThat(joined).usingRecursiveFieldByFieldElementComparator().isEqualTo(all.entries());
        assertThat(joined).extracting(Scan.Entry::slot).isSorted();
    }

    @Test
    void aScanStaysInsideItsSlots() {
        Volume.writeTogether(storage, 1, 2_000);
        Scan.Page page = page(storage.scan(100, 200, Optional.empty(), EVERYTHING));
        assertThat(page.entries())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.slot()).isBetween(100, 199));
        assertThat(storage.count(100, 200))
                .isEqualTo(new Count.Counted(page.entries().size()));
        assertThat(page(storage.scan(200, 200, Optional.empty(), EVERYTHING)).entries())
                .isEmpty();
    }

    @Test
    void onePageHoldsAtLeastOneEntryHoweverLarge() {
        Volume.write(storage, 1, 2, Durability.OS);
        Scan.Page page = page(storage.scan(0, StoredKey.SLOTS, Optional.empty(), new PageLimits(10, 1)));
        assertThat(page.entries()).hasSize(1);
        assertThat(page.cursor()).isNotNull();
    }

    @Test
    void metaIsKeptAcrossRestarts() throws IOException {
        assertThat(storage.getMeta("bootstrap")).isEqualTo(new Read.Absent());
        storage.putMeta("bootstrap", KEY);
        storage.close();
        try (NodeStorage again = volume.open()) {
            assertThat(Volume.value(again.getMeta("bootstrap"))).isEqualTo(KEY);
        }
    }

    @Test
    void aBoundaryBetweenFamiliesIsNotCrossed() {
        Volume.apply(storage, new Change.Put(Family.HINTS, StoredKey.of(1, 0, KEY), KEY));
        assertThat(storage.getBlocking(1, 0, KEY)).isEqualTo(new Read.Absent());
        assertThat(storage.count(0, StoredKey.SLOTS)).isEqualTo(new Count.Counted(0));
    }

    @Test
    void theIdentityIsMintedOnceAndKept() {
        storage.close();
        try (NodeStorage again = volume.open()) {
            assertThat(again.identity()).isEqualTo(storage.identity());
        }
    }

    @Test
    void anotherNameIsRefusedInASentenceThatNamesBothAndTheDirectory() throws IOException {
        storage.close();
        StorageConfig config = volume.config();
        StorageConfig renamed = new StorageConfig(
                config.dataDir(), "zone-b-7", config.memory(), config.reserve(), config.bootIdSource());
        assertThat(NodeStorage.open(renamed))
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(
                                        "zone-a-0", "zone-b-7", volume.dataDir().toString()));
    }

    @Test
    void aDirectoryInUseIsRefusedInASentenceAndFreeAfterClose() {
        assertThat(volume.recover())
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(volume.dataDir().toString(), "in use"));
        storage.close();
        volume.open().close();
    }

    @Test
    void aDirectoryOfSomethingElseIsRefused(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("pg_hba.conf"), "");
        StorageConfig config = StorageConfig.of(other, "n");
        assertThat(NodeStorage.open(config))
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.why()).contains("pg_hba.conf"));
    }

    @Test
    void whatTheFileSystemBringsAlongIsNoStranger(@TempDir Path mounted) throws IOException {
        Files.createDirectory(mounted.resolve("lost+found"));
        Recovery verdict = NodeStorage.open(StorageConfig.of(mounted, "n").with(Volume.SMALL));
        assertThat(verdict).isInstanceOf(Recovery.Fresh.class);
        Volume.storage(verdict).close();
    }

    @Test
    void afterCloseEveryCallSaysSo() {
        storage.close();
        storage.close();
        assertThat(storage.get(1, 0, KEY)).isEqualTo(new Read.Closed());
        assertThat(storage.getBlocking(1, 0, KEY)).isEqualTo(new Read.Closed());
        assertThat(storage.count(0, 1)).isEqualTo(new Count.Closed());
        assertThat(storage.scan(0, 1, Optional.empty(), EVERYTHING)).isEqualTo(new Scan.Closed());
        WriteOp op = new WriteOp(Volume.put(1), Durability.OS, 1, new RecordedAnswers());
        assertThat(storage.submit(op)).isEqualTo(Submitted.CLOSED);
        assertThat(storage.metrics().blockCacheBytes()).isZero();
        assertThat(storage.verify()).isEmpty();
    }

    @Test
    void theFiguresFollowTheWork() {
        Volume.write(storage, 1, 10, Durability.FSYNC);
        StorageMetrics metrics = storage.metrics();
        assertThat(metrics.commits().commits()).isEqualTo(10);
        assertThat(metrics.commits().operations()).isEqualTo(10);
        assertThat(metrics.commits().syncs()).isEqualTo(10);
        assertThat(metrics.commits().syncNanosMax())
                .isBetween(1L, metrics.commits().syncNanosSum());
        assertThat(metrics.queuedBytes()).isZero();
        assertThat(metrics.freeBytes()).isPositive();
        assertThat(storage.syncedCommit()).isEqualTo(10);
    }

    private static Scan.Page page(Scan scan) {
        return switch (scan) {
            case Scan.Page page -> page;
            case Scan.Damaged damaged -> throw new AssertionError(damaged);
            case Scan.Closed closed -> throw new AssertionError(closed);
        };
    }
}
