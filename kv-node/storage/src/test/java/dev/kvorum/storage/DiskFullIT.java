package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvorum.storage.GroupRecords.Order;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.RecordedAnswers;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume of 64 MiB in memory that gets full. Needs the right to mount; skipped, with that reason, without it. */
class DiskFullIT {

    private static final int MIB = 1 << 20;
    private static final StorageConfig.Reserve RESERVE = new StorageConfig.Reserve(24 * MIB, 50);
    private static final StorageConfig.Reserve NONE = new StorageConfig.Reserve(0, 0);

    private final Path mounted;
    private final RecordedAnswers answers = new RecordedAnswers();

    DiskFullIT(@TempDir Path directory) {
        this.mounted = directory;
    }

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", mounted.toString()) == 0, "cannot mount here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mounted.toString());
    }

    @Test
    void aFullVolumeRefusesWritesKeepsReadingAndComesBackByItself() throws Exception {
        Volume volume = new Volume(mounted);
        try (NodeStorage storage = open(volume, RESERVE)) {
            Volume.write(storage, 1, 20, Durability.FSYNC);
            Path ballast = fill(45);
            await(storage::full);
            assertThat(storage.submit(write(21))).isEqualTo(Submitted.DISK_FULL);
            RecordedAnswers group = new RecordedAnswers();
            assertThat(storage.group(1).store(new Order(1, group), new byte[] {1}, 1, List.of()))
                    .as("a vote must not wait for room")
                    .isEqualTo(Submitted.ACCEPTED);
            group.await(1);
            Volume.assertHolds(storage, 1, 20);
            assertThat(storage.metrics().freeBytes()).isLessThan(24L * MIB);
            Files.delete(ballast);
            await(() -> !storage.full());
            Volume.write(storage, 21, 40, Durability.FSYNC);
            Volume.assertHolds(storage, 1, 40);
            assertThat(storage.broken()).isEmpty();
        }
    }

    @Test
    void aWriteThatTheDiskRefusedBreaksTheStorageAndARestartFindsAllThatWasAcknowledged() throws Exception {
        Volume volume = new Volume(mounted);
        Path ballast;
        long acknowledged;
        try (NodeStorage storage = open(volume, NONE)) {
            Volume.write(storage, 1, 20, Durability.FSYNC);
            ballast = fill((int) (Files.getFileStore(mounted).getUsableSpace() / MIB));
            acknowledged = writeUntilBroken(storage);
            assertThat(storage.broken()).isPresent();
            assertThat(storage.submit(write(9))).isEqualTo(Submitted.BROKEN);
            assertThat(answers.failed()).isNotEmpty();
        }
        Files.delete(ballast);
        Recovery verdict = NodeStorage.open(volume.config());
        assertThat(verdict).isInstanceOf(Recovery.Clean.class);
        try (NodeStorage storage = Volume.storage(verdict)) {
            Volume.assertHolds(storage, 1, acknowledged);
        }
    }

    @Test
    void aVolumeTooFullToOpenIsUnavailableAndOpensLater() throws Exception {
        Volume volume = new Volume(mounted);
        try (NodeStorage storage = open(volume, NONE)) {
            Volume.write(storage, 1, 20, Durability.FSYNC);
        }
        Path ballast = fill(64);
        assertThat(volume.recover()).isInstanceOf(Recovery.Unavailable.class);
        Files.delete(ballast);
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOf(Recovery.Clean.class);
        try (NodeStorage storage = Volume.storage(verdict)) {
            Volume.assertHolds(storage, 1, 20);
        }
    }

    private long writeUntilBroken(NodeStorage storage) {
        long last = 20;
        while (answers.failed().isEmpty()) {
            if (storage.submit(write(last + 1)) == Submitted.ACCEPTED) {
                answers.await(1);
                last += answers.failed().isEmpty() ? 1 : 0;
            }
        }
        return last;
    }

    private WriteOp write(long number) {
        return new WriteOp(Volume.put(number), Durability.FSYNC, number, answers);
    }

    private static NodeStorage open(Volume volume, StorageConfig.Reserve reserve) throws IOException {
        return Volume.storage(
                NodeStorage.open(volume.config().with(reserve).with(new StorageConfig.Memory(8 * MIB, MIB, 8 * MIB))));
    }

    /** Takes up so many MiB, or all that are left. */
    private Path fill(int mebibytes) throws IOException {
        Path ballast = mounted.resolve("ballast");
        try (var out = Files.newOutputStream(ballast)) {
            byte[] mebibyte = new byte[MIB];
            for (int at = 0; at < mebibytes; at++) {
                out.write(mebibyte);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return ballast;
    }

    private static void await(BooleanSupplier condition) {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("10 s are over").isLessThan(giveUpNanos);
            Thread.onSpinWait();
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }
}
