package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.RecordedAnswers;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A close that came too early would end this JVM with a segmentation fault, and the test run with it. */
class CloseUnderLoadIT {

    private static final int ROUNDS = 25;
    private static final long OBJECTS = 20_000;
    private static final PageLimits PAGE = new PageLimits(500, 1 << 20);

    @Test
    void closingUnderReadersScannersAndWritersHarmsNobody(@TempDir Path directory) throws Exception {
        Volume volume = new Volume(directory);
        try (NodeStorage storage = volume.open()) {
            Volume.writeTogether(storage, 1, OBJECTS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            closeUnderLoad(volume.open());
        }
        try (NodeStorage storage = volume.open()) {
            Volume.assertHolds(storage, 1, 500);
        }
    }

    private static void closeUnderLoad(NodeStorage storage) throws InterruptedException {
        AtomicLong operations = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int at = 0; at < 3; at++) {
            threads.add(Thread.ofPlatform().start(() -> lookUp(storage, operations)));
            threads.add(Thread.ofPlatform().start(() -> read(storage, operations)));
        }
        threads.add(Thread.ofPlatform().start(() -> scan(storage, operations)));
        threads.add(Thread.ofPlatform().start(() -> watch(storage, operations)));
        threads.add(Thread.ofPlatform().start(() -> write(storage, operations)));
        while (operations.get() < 3_000) {
            Thread.onSpinWait();
        }
        storage.close();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(storage.damage()).isEmpty();
    }

    private static void lookUp(NodeStorage storage, AtomicLong operations) {
        Read last = new Read.Absent();
        while (!last.equals(new Read.Closed())) {
            long number = operations.incrementAndGet() % OBJECTS;
            last = storage.get(Volume.slot(number), 1, Volume.key(number));
        }
    }

    private static void read(NodeStorage storage, AtomicLong operations) {
        Read last = new Read.Absent();
        while (!last.equals(new Read.Closed())) {
            long number = operations.incrementAndGet() % OBJECTS;
            last = storage.getBlocking(Volume.slot(number), 1, Volume.key(number));
        }
    }

    private static void scan(NodeStorage storage, AtomicLong operations) {
        Scan last = new Scan.Page(List.of(), null);
        while (!last.equals(new Scan.Closed())) {
            operations.incrementAndGet();
            last = storage.scan(0, StoredKey.SLOTS, Optional.empty(), PAGE);
        }
    }

    private static void watch(NodeStorage storage, AtomicLong operations) {
        Count last = new Count.Counted(0);
        while (!last.equals(new Count.Closed())) {
            operations.incrementAndGet();
            storage.metrics();
            last = storage.count(0, 1_000);
        }
    }

    private static void write(NodeStorage storage, AtomicLong operations) {
        RecordedAnswers answers = new RecordedAnswers();
        Submitted last = Submitted.ACCEPTED;
        while (last != Submitted.CLOSED) {
            long number = operations.incrementAndGet() % OBJECTS;
            last = storage.submit(new WriteOp(Volume.put(number), Durability.OS, number, answers));
        }
        assertThat(answers.failed()).isEmpty();
    }
}
