package dev.kvorum.server.node;

import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.Slots;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.door.HomeKeys;
import dev.kvorum.server.door.HomeKeys.Answer.Counted;
import dev.kvorum.server.door.HomeKeys.Answer.Page;
import dev.kvorum.server.door.HomeKeys.Answer.Refused;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Scan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Walks over the keys of this node's home slots, slot by slot, on one thread of its own, so that walks take turns and
 * requests wait for none. A cursor is a slot and, inside a slot too large for one page, the number of the key to go on
 * from (see {@link SlotKeys}): nothing is kept between pages.
 */
final class HomeScan implements HomeKeys {

    private static final int NUMBER_BITS = 34;
    private static final int SLOT_KEYS_MOST = 1_000;

    /** Objects that one page may look at, beyond the slot at hand, while it finds too few that are wanted. */
    private static final int VISITED_MOST = 5_000;

    private static final int WAITING_MOST = 64;

    private final NodeStorage storage;
    private final IntPredicate isHome;
    private final WorkerExecutor worker;
    private final AtomicInteger waiting = new AtomicInteger();
    private final long seed;

    /**
     * @param isHome whether this node is home of a slot; asked from another thread
     */
    HomeScan(Vertx vertx, NodeStorage storage, IntPredicate isHome) {
        this.storage = storage;
        this.isHome = isHome;
        this.worker = vertx.createSharedWorkerExecutor(
                "kvorum-scans-" + storage.identity().nodeId(), 1);
        this.seed = storage.identity().volumeId().hashCode();
    }

    /** What a walk reads on the worker. */
    @FunctionalInterface
    private interface Reading {
        Answer read() throws IOException;
    }

    @Override
    public Future<Answer> page(int bucket, long cursor, int most, Wanted wanted) {
        return onWorker(() -> walk(cursor, most, (entry, nowMs) -> isWanted(entry, bucket, nowMs, wanted)));
    }

    @Override
    public Future<Answer> count(int bucket, int first, int last) {
        return onWorker(() -> {
            HomeEntries entries = new HomeEntries(storage, isHome, first, last + 1);
            long nowMs = Clock.wallMs();
            long keys = 0;
            for (Scan.Entry entry = entries.peek(); entry != null; entry = entries.peek()) {
                keys += isWanted(entry, bucket, nowMs, (key, newest) -> true) ? 1 : 0;
                entries.skip();
            }
            return new Counted(keys);
        });
    }

    private Future<Answer> onWorker(Reading reading) {
        if (waiting.incrementAndGet() > WAITING_MOST) {
            waiting.decrementAndGet();
            return Future.succeededFuture(refused(
                    ErrorCode.OVERLOADED, WAITING_MOST + " walks over the keys wait on this node: ask again later"));
        }
        return worker.executeBlocking(() -> answer(reading), false)
                .map(Objects::requireNonNull)
                .onComplete(done -> waiting.decrementAndGet());
    }

    private Answer answer(Reading reading) {
        try {
            CommitBarrier.await(storage);
            return reading.read();
        } catch (IOException unreadable) {
            return refused(ErrorCode.FENCED, "the store of this node cannot be read: " + unreadable.getMessage());
        }
    }

    private static Answer refused(ErrorCode code, String detail) {
        return new Refused(Failed.notApplied(code, detail));
    }

    /** Whether an entry is of the bucket, live, and one that is asked for. */
    private static boolean isWanted(Scan.Entry entry, int bucket, long nowMs, Wanted wanted) throws IOException {
        if (entry.bucket() != bucket) {
            return false;
        }
        Sibling newest = HomeEntries.object(entry).newest(nowMs);
        return newest != null && wanted.test(entry.key(), newest);
    }

    /** Chooses among entries at one moment. */
    @FunctionalInterface
    private interface Choice {
        boolean takes(Scan.Entry entry, long nowMs) throws IOException;
    }

    private Page walk(long cursor, int most, Choice choice) throws IOException {
        int firstSlot = (int) (cursor >>> NUMBER_BITS);
        HomeEntries entries = new HomeEntries(storage, isHome, firstSlot, Slots.COUNT);
        List<byte[]> keys = new ArrayList<>();
        int visited = 0;
        for (Scan.Entry next = entries.peek(); next != null; next = entries.peek()) {
            int slot = next.slot();
            long from = slot == firstSlot ? cursor & SlotKeys.NUMBERS - 1 : 0;
            SlotKeys slotKeys = new SlotKeys(from, SLOT_KEYS_MOST);
            visited += readSlot(entries, slot, slotKeys, choice);
            keys.addAll(slotKeys.keys());
            if (slotKeys.bound() < SlotKeys.NUMBERS) {
                return new Page(keys, cursor(slot, slotKeys.bound()));
            }
            if (keys.size() >= most || visited >= VISITED_MOST) {
                return new Page(keys, slot + 1 == Slots.COUNT ? START : cursor(slot + 1, 0));
            }
        }
        return new Page(keys, START);
    }

    /** Reads a slot to its end and returns how many objects it held. */
    private int readSlot(HomeEntries entries, int slot, SlotKeys keys, Choice choice) throws IOException {
        long nowMs = Clock.wallMs();
        int visited = 0;
        Scan.Entry entry = entries.peek();
        while (entry != null && entry.slot() == slot) {
            if (choice.takes(entry, nowMs)) {
                keys.add(entry.key(), SlotKeys.number(entry.key(), seed));
            }
            visited++;
            entries.skip();
            entry = entries.peek();
        }
        return visited;
    }

    private static long cursor(int slot, long number) {
        return (long) slot << NUMBER_BITS | number;
    }
}
