package dev.kvorum.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Starts operations at a fixed rate whatever becomes of the earlier ones, half writes and half reads, and keeps a ledger of
 * what was acknowledged. Each key has one writer at a time, so that every read has a range of right answers.
 */
final class OpenLoad implements AutoCloseable {

    private static final int MOST_FAILURES_KEPT = 20;

    /** Operations on their way at once; what becomes due beyond that starts late, and is not left out. */
    private static final int MOST_IN_FLIGHT = 512;

    /** What is known of one key: the newest acknowledged value and the newest one that was tried. */
    private static final class Entry {
        final Semaphore writer = new Semaphore(1);
        volatile long acknowledged;
        volatile long tried;

        /** Values of which a try failed: it may take effect at any later time. */
        final Set<Long> open = ConcurrentHashMap.newKeySet();

        boolean mayShow(@Nullable String shown, long atLeast) {
            long value = shown == null ? 0 : Long.parseLong(shown);
            return (value >= atLeast && value <= tried) || open.contains(value);
        }
    }

    private final RetryingClient client;
    private final String prefix;
    private final List<Entry> ledger = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final LongAdder succeeded = new LongAdder();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Thread starter;

    OpenLoad(RetryingClient client, String prefix, int keys, int perSecond, long seed) {
        this.client = client;
        this.prefix = prefix;
        for (int i = 0; i < keys; i++) {
            ledger.add(new Entry());
        }
        starter = Thread.ofPlatform().name("open-load").start(() -> start(perSecond, new SplittableRandom(seed)));
    }

    private void start(int perSecond, SplittableRandom random) {
        long intervalNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long dueNs = System.nanoTime();
        while (running.get()) {
            int key = random.nextInt(ledger.size());
            int node = random.nextInt(1 << 20);
            boolean write = random.nextBoolean();
            inFlight.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    if (write) {
                        write(key, node);
                    } else {
                        read(key, node);
                    }
                } finally {
                    inFlight.release();
                }
            });
            dueNs += intervalNs;
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    private void write(int key, int node) {
        Entry entry = ledger.get(key);
        if (!entry.writer.tryAcquire()) {
            return;
        }
        try {
            long value = entry.tried + 1;
            entry.tried = value;
            if (client.call(node, "SET", prefix + key, Long.toString(value)).firstFailed()) {
                entry.open.add(value);
            }
            entry.acknowledged = value;
            succeeded.increment();
        } catch (IOException failed) {
            entry.open.add(entry.tried);
            failed("SET " + prefix + key, failed);
        } finally {
            entry.writer.release();
        }
    }

    private void read(int key, int node) {
        Entry entry = ledger.get(key);
        long atLeast = entry.acknowledged;
        try {
            check(key, client.call(node, "GET", prefix + key).text(), atLeast, entry);
            succeeded.increment();
        } catch (IOException failed) {
            failed("GET " + prefix + key, failed);
        }
    }

    private void check(int key, @Nullable String shown, long atLeast, Entry entry) {
        if (!entry.mayShow(shown, atLeast)) {
            failures.add("LOST: key " + prefix + key + " shows " + shown + ", acknowledged was " + atLeast);
        }
    }

    private void failed(String operation, IOException why) {
        if (failures.size() < MOST_FAILURES_KEPT) {
            failures.add(operation + ": " + why.getMessage());
        }
    }

    long succeeded() {
        return succeeded.sum();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Stops starting operations and waits for those on their way. */
    void stop() throws InterruptedException {
        running.set(false);
        starter.join();
        threads.shutdown();
        if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("operations did not end within 30 s");
        }
    }

    /** Reads every key and names those whose acknowledged value is gone. Call after {@link #stop}. */
    List<String> missing() throws IOException {
        client.reconnect();
        List<String> missing = new ArrayList<>();
        for (int key = 0; key < ledger.size(); key++) {
            Entry entry = ledger.get(key);
            String shown = client.call(key, "GET", prefix + key).text();
            if (!entry.mayShow(shown, entry.acknowledged)) {
                missing.add(prefix + key + " shows " + shown + ", acknowledged " + entry.acknowledged + ", tried "
                        + entry.tried);
            }
        }
        return missing;
    }

    /** Keys with at least one acknowledged write. */
    long written() {
        return ledger.stream().filter(entry -> entry.acknowledged > 0).count();
    }

    @Override
    public void close() {
        running.set(false);
        threads.shutdownNow();
    }
}
