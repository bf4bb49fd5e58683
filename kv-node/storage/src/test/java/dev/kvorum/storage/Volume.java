package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.RecordedAnswers;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A data directory as the tests use it, with a kernel of its own that can be restarted. */
final class Volume {

    static final StorageConfig.Memory SMALL = new StorageConfig.Memory(8 << 20, 4 << 20, 8 << 20);

    private final Path directory;
    private final Path bootId;

    private Volume(Path directory, Path bootId) {
        this.directory = directory;
        this.bootId = bootId;
    }

    /** A new one, under a kernel just started. */
    Volume(Path directory) {
        this(directory, directory.resolve("boot_id"));
        restartKernel();
    }

    /** The same one as another process of the same kernel sees it. */
    static Volume ofRunningKernel(Path directory) {
        return new Volume(directory, directory.resolve("boot_id"));
    }

    StorageConfig config() {
        return StorageConfig.of(dataDir(), "zone-a-0")
                .with(SMALL)
                .with(new StorageConfig.Reserve(0, 0))
                .withBootIdSource(bootId);
    }

    void restartKernel() {
        try {
            Files.createDirectories(directory);
            Files.writeString(bootId, UUID.randomUUID() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path directory() {
        return directory;
    }

    Path dataDir() {
        return directory.resolve("data");
    }

    Recovery recover() {
        try {
            return NodeStorage.open(config());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Opens the volume, and is cut off right after a step. */
    Recovery recoverUntil(Passage.Step last) {
        try {
            return new Opening(config(), cutOffAfter(last)).open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts an empty store in the place of one that cannot be believed. */
    Recovery renew(Recovery verdict) {
        return renewBy(new Opening(config()), verdict);
    }

    Recovery renewUntil(Passage.Step last, Recovery verdict) {
        return renewBy(new Opening(config(), cutOffAfter(last)), verdict);
    }

    private static Recovery renewBy(Opening opening, Recovery verdict) {
        try {
            return opening.openAnew((Recovery.Amnesia) verdict);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Passage cutOffAfter(Passage.Step last) {
        return step -> {
            if (step == last) {
                throw new IOException("cut off after " + last);
            }
        };
    }

    /** Opens the volume and expects a storage, whatever the verdict. */
    NodeStorage open() {
        return storage(recover());
    }

    static NodeStorage storage(Recovery recovery) {
        return switch (recovery) {
            case Recovery.Fresh(NodeStorage storage) -> storage;
            case Recovery.Clean(NodeStorage storage) -> storage;
            case Recovery.AfterKernelRestart(NodeStorage storage, long reached, long synced) -> storage;
            case Recovery.Amnesia amnesia -> throw new AssertionError(amnesia);
            case Recovery.Refused refused -> throw new AssertionError(refused);
            case Recovery.Unavailable unavailable -> throw new AssertionError(unavailable);
        };
    }

    static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static int slot(long number) {
        return (int) Math.floorMod(number * 0x9E3779B97F4A7C15L, (long) StoredKey.SLOTS);
    }

    static byte[] value(long number) {
        return ("value " + number + " " + "x".repeat(200)).getBytes(StandardCharsets.US_ASCII);
    }

    static Change put(long number) {
        return new Change.Put(Family.DATA, StoredKey.of(slot(number), 1, key(number)), value(number));
    }

    /** Writes the numbered objects, one batch each, and waits for them. */
    static void write(NodeStorage storage, long from, long to, Durability durability) {
        RecordedAnswers answers = new RecordedAnswers();
        for (long number = from; number <= to; number++) {
            submit(storage, new WriteOp(put(number), durability, number, answers));
            answers.await(1);
        }
        assertThat(answers.failed()).isEmpty();
    }

    /** Writes the numbered objects in as few batches as come about, and waits for them. */
    static void writeTogether(NodeStorage storage, long from, long to) {
        RecordedAnswers answers = new RecordedAnswers();
        for (long number = from; number <= to; number++) {
            submit(storage, new WriteOp(put(number), Durability.OS, number, answers));
        }
        answers.await((int) (to - from + 1));
        assertThat(answers.failed()).isEmpty();
    }

    static void apply(NodeStorage storage, Change change) {
        RecordedAnswers answers = new RecordedAnswers();
        submit(storage, new WriteOp(change, Durability.OS, 0, answers));
        answers.await(1);
        assertThat(answers.failed()).isEmpty();
    }

    private static void submit(NodeStorage storage, WriteOp op) {
        Submitted submitted = storage.submit(op);
        while (submitted == Submitted.QUEUE_FULL) {
            Thread.onSpinWait();
            submitted = storage.submit(op);
        }
        assertThat(submitted).isEqualTo(Submitted.ACCEPTED);
    }

    static void assertHolds(NodeStorage storage, long from, long to) {
        for (long number = from; number <= to; number++) {
            assertThat(value(storage.getBlocking(slot(number), 1, key(number))))
                    .as("object %d", number)
                    .isEqualTo(value(number));
        }
    }

    /** The value found; anything else fails the test. */
    static byte[] value(Read read) {
        return switch (read) {
            case Read.Found(byte[] value) -> value;
            case Read.Absent absent -> throw new AssertionError(absent);
            case Read.NeedsIo needsIo -> throw new AssertionError(needsIo);
            case Read.Damaged damaged -> throw new AssertionError(damaged);
            case Read.Closed closed -> throw new AssertionError(closed);
        };
    }
}
