package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.Passage.Step;
import dev.kvorum.storage.commit.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsIT {

    private final Path directory;
    private final Volume volume;

    StartsIT(@TempDir Path directory) {
        this.directory = directory;
        this.volume = new Volume(directory.resolve("volume"));
    }

    @Test
    void everyStartIsOneMoreAndHasANonceOfItsOwn() {
        VolumeStarted first = started(volume);
        VolumeStarted second = started(volume);
        volume.restartKernel();
        VolumeStarted third = started(volume);
        assertThat(List.of(first, second, third))
                .extracting(VolumeStarted::boot)
                .containsExactly(1L, 2L, 3L);
        assertThat(first.nonce()).isNotEqualTo(second.nonce());
        assertThat(second.nonce()).isNotEqualTo(third.nonce());
        assertThat(first.volumeId()).isEqualTo(third.volumeId());
    }

    @Test
    void whatAStartShowsAsSyncedSurvivesAPowerCutRightAfterIt() throws IOException {
        assertThat(started(volume).syncedCommit()).isZero();
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 50, Durability.OS);
            assertThat(storage.syncedCommit()).isZero();
        }
        assertThat(started(volume).syncedCommit()).isEqualTo(50);
        emptyLogs();
        volume.restartKernel();
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.start().syncedCommit()).isEqualTo(50);
            assertThat(storage.syncedCommit()).isEqualTo(50);
            Volume.assertHolds(storage, 1, 50);
        }
    }

    @Test
    void aFirstStartCutOffAnywhereIsStartedAgain() throws IOException {
        for (Step step : List.of(
                Step.DATABASE_MADE,
                Step.FILES_MADE,
                Step.STORE_IN_PLACE,
                Step.START_COUNTED,
                Step.DATABASE_OPENED,
                Step.MARK_WRITTEN)) {
            Volume begun = new Volume(directory.resolve(step.name()));
            assertThat(begun.recoverUntil(step)).isInstanceOf(Recovery.Unavailable.class);
            assertThat(started(begun).boot()).as("after %s", step).isBetween(1L, 2L);
            assertThat(begun.dataDir().resolve("store.unfinished/store")).doesNotExist();
        }
    }

    @Test
    void aLaterStartCutOffAnywhereLosesNothingAndCountsOn() {
        started(volume);
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 20, Durability.OS);
        }
        long before = 2;
        for (Step step : List.of(Step.START_COUNTED, Step.DATABASE_OPENED, Step.MARK_WRITTEN)) {
            assertThat(volume.recoverUntil(step)).isInstanceOf(Recovery.Unavailable.class);
            Recovery verdict = volume.recover();
            assertThat(verdict).as("after %s", step).isInstanceOf(Recovery.Clean.class);
            try (NodeStorage storage = Volume.storage(verdict)) {
                assertThat(storage.start().boot()).isEqualTo(before + 2);
                before = storage.start().boot();
                Volume.assertHolds(storage, 1, 20);
            }
        }
    }

    @Test
    void anOlderCopyOfTheCountIsAmnesia() throws IOException {
        started(volume);
        Path count = volume.dataDir().resolve("store/starts");
        byte[] older = Files.readAllBytes(count);
        started(volume);
        Files.write(count, older);
        assertThat(damage(volume.recover()).toString())
                .isEqualTo("store/starts: is an old copy: it ends at start 1, others at 2");
    }

    @Test
    void anOlderCopyOfTheCommitFileIsAmnesiaAlsoUnderAnotherKernel() throws IOException {
        started(volume);
        Path commit = volume.dataDir().resolve("store/commit");
        byte[] older = Files.readAllBytes(commit);
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 1, Durability.FSYNC);
        }
        Files.write(commit, older);
        volume.restartKernel();
        assertThat(damage(volume.recover()).toString())
                .isEqualTo("store/commit: is an old copy: it ends at start 1, others at 2");
    }

    /** Nothing in the directory shows it; the numbers that the cluster has heard do. */
    @Test
    void anOlderCopyOfTheWholeDirectoryIsBehindWhatOthersHeard(@TempDir Path elsewhere) throws IOException {
        Volume copied = new Volume(elsewhere);
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 5, Durability.FSYNC);
        }
        Tree.copy(volume.dataDir(), copied.dataDir());
        VolumeStarted registered;
        long seen;
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 6, 9, Durability.FSYNC);
            registered = storage.start();
            seen = storage.syncedCommit();
        }
        VolumeStarted copy = started(copied);
        assertThat(copy.volumeId()).isEqualTo(registered.volumeId());
        assertThat(copy.boot()).as("not above what was registered").isEqualTo(registered.boot());
        assertThat(copy.nonce()).isNotEqualTo(registered.nonce());
        assertThat(copy.syncedCommit())
                .as("less than others have seen")
                .isEqualTo(5)
                .isLessThan(seen);
    }

    private static VolumeStarted started(Volume volume) {
        try (NodeStorage storage = volume.open()) {
            return storage.start();
        }
    }

    private static Damage damage(Recovery verdict) {
        assertThat(verdict).isInstanceOf(Recovery.Amnesia.class);
        return ((Recovery.Amnesia) verdict).damage();
    }

    private void emptyLogs() throws IOException {
        try (Stream<Path> files = Files.list(volume.dataDir().resolve(StoreFiles.ROCKSDB))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
            }
        }
    }
}
