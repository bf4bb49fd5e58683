package dev.kvorum.storage.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A disk in memory that writes one batch per permit and can fail. */
final class MemorySink implements CommitSink {

    /** What one commit wrote. */
    record Batch(long number, List<Change> changes, Durability durability) {}

    final List<Batch> batches = new ArrayList<>();
    final List<Long> reached = new ArrayList<>();
    final Semaphore permits = new Semaphore(0);
    final Semaphore writing = new Semaphore(0);
    volatile boolean failing;
    private final List<Change> changes = new ArrayList<>();

    @Override
    public void add(Change change) {
        changes.add(change);
    }

    @Override
    public void commit(long number, Durability durability) throws IOException {
        writing.release();
        permits.acquireUninterruptibly();
        if (failing) {
            throw new IOException("the disk is gone");
        }
        synchronized (this) {
            batches.add(new Batch(number, List.copyOf(changes), durability));
        }
        changes.clear();
    }

    @Override
    public void reached(long number, Durability durability) {
        reached.add(number);
    }

    synchronized List<Batch> batches() {
        return List.copyOf(batches);
    }
}
