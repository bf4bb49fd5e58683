package dev.kvorum.sim.world;

import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one node with its committer: stores wait in the process, are written to the operating system as one
 * batch, and are durable once that batch is synced. A crash takes what it would take: the process its queue, the
 * machine everything that was not synced.
 */
public final class Disk {

    /** The order of keys on disk: slot, bucket, key. */
    private static final Comparator<Key> ORDER = Comparator.comparingInt(Key::slot)
            .thenComparingInt(Key::bucket)
            .thenComparing(Key::bytes, Arrays::compareUnsigned);

    /** Who is told what became of a store. */
    interface Committed {
        void onStored(long storeId);

        void onStoreFailed(long storeId);
    }

    /** A store on its way. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity only
    record Write(Committed asker, long storeId, Key key, byte[] object, Durability durability) {}

    /** What a disk can suffer from. */
    static final class Ailments {
        int slowness = 1;
        boolean full;
        int failedReadPerMille;
        boolean nextSyncFails;
        boolean broken;
    }

    final Ailments ailments = new Ailments();

    private final Node node;
    private final DiskSettings settings;
    private final Dice dice;
    private final ArrayDeque<Write> queue = new ArrayDeque<>();
    private final ArrayDeque<Write> unsynced = new ArrayDeque<>();
    private final TreeMap<Key, byte[]> visible = new TreeMap<>(ORDER);
    private final TreeMap<Key, byte[]> durable = new TreeMap<>(ORDER);
    private boolean busy;
    private @Nullable Action surprise;

    Disk(Node node, DiskSettings settings, Dice dice) {
        this.node = node;
        this.settings = settings;
        this.dice = dice;
    }

    /** What is readable now, in the order of the disk. */
    public SequencedMap<Key, byte[]> contents() {
        return Collections.unmodifiableSequencedMap(visible);
    }

    byte @Nullable [] read(Key key) {
        return visible.get(key);
    }

    /** Whether the object, or one that covers it, would outlive the machine. */
    public boolean isDurable(Key key, KvObject object) {
        byte[] stored = durable.get(key);
        return stored != null && KvObject.decode(stored).version().covers(object.version());
    }

    /** The keys after the cursor from these slots on, as many as make a page. */
    List<Key> page(int firstSlot, int lastSlot, @Nullable Key after) {
        List<Key> page = new ArrayList<>();
        for (Key key : (after == null ? visible : visible.tailMap(after, false)).keySet()) {
            if (key.slot() > lastSlot || page.size() == settings.pageObjects()) {
                break;
            }
            if (key.slot() >= firstSlot) {
                page.add(key);
            }
        }
        return page;
    }

    boolean isLastPage(List<Key> page) {
        return page.size() < settings.pageObjects();
    }

    long readUs() {
        return dice.chance(settings.slowReadPerMille()) ? dice.between(50L, 3_000L) * ailments.slowness : 0;
    }

    boolean failsRead() {
        return dice.chance(ailments.failedReadPerMille);
    }

    // ---- ailments

    /** Makes it so many times slower; 1 is healthy. */
    public void slow(int factor) {
        ailments.slowness = factor;
    }

    /** Makes so many look-ups and scans fail. */
    public void failReads(int perMille) {
        ailments.failedReadPerMille = perMille;
    }

    void fill() {
        ailments.full = true;
    }

    void free() {
        ailments.full = false;
    }

    boolean isFull() {
        return ailments.full;
    }

    public void failNextSync() {
        ailments.nextSyncFails = true;
    }

    /** Takes back what was to go wrong and has not yet. */
    public void heal() {
        ailments.slowness = 1;
        ailments.failedReadPerMille = 0;
        ailments.nextSyncFails = false;
        surprise = null;
    }

    /** Lets something happen in the middle of the next sync, in place of whatever was to happen there. */
    public void surprise(Action action) {
        surprise = action;
    }

    // ---- the committer

    void submit(Write write) {
        queue.add(write);
        if (node.has(ShellFlaw.STORED_BEFORE_SYNC)) {
            node.later(10, () -> write.asker().onStored(write.storeId()));
        }
        if (!busy) {
            busy = true;
            node.later(dice.between(5L, 50L), this::commit);
        }
    }

    private void commit() {
        List<Write> batch = new ArrayList<>(queue);
        queue.clear();
        if (batch.isEmpty()) {
            busy = false;
            return;
        }
        if (ailments.full || ailments.broken) {
            node.later(50, () -> finish(batch, false));
            return;
        }
        if (node.has(ShellFlaw.STORES_OUT_OF_ORDER)) {
            Collections.reverse(batch);
        }
        batch.forEach(this::write);
        boolean sync = batch.stream().anyMatch(write -> write.durability() == Durability.FSYNC);
        long tookUs = sync ? syncUs() : 20;
        node.later(tookUs, () -> onWritten(batch, sync));
        if (sync && surprise != null) {
            node.world().schedule().after(dice.between(0L, tookUs), surprise);
            surprise = null;
        }
    }

    private long syncUs() {
        return dice.between((long) settings.syncLeastUs(), settings.syncMostUs()) * ailments.slowness;
    }

    private void write(Write write) {
        visible.put(write.key(), write.object());
        unsynced.add(write);
    }

    private void onWritten(List<Write> batch, boolean sync) {
        if (sync && ailments.nextSyncFails) {
            ailments.nextSyncFails = false;
            ailments.broken = true;
            keepSome(batch);
            finish(batch, false);
            node.onFailedSync();
            return;
        }
        if (sync) {
            sync();
        }
        finish(batch, true);
    }

    private void finish(List<Write> batch, boolean done) {
        for (Write write : batch) {
            if (done || node.has(ShellFlaw.FAILED_STORE_IS_STORED)) {
                write.asker().onStored(write.storeId());
            } else {
                write.asker().onStoreFailed(write.storeId());
            }
        }
        commit();
    }

    /** After a failed sync nobody knows what reached the disk; what was answered before stays with the kernel. */
    private void keepSome(List<Write> batch) {
        List<Write> lost = batch.stream().filter(write -> dice.chance(500)).toList();
        unsynced.removeAll(lost);
        TreeMap<Key, byte[]> kept = new TreeMap<>(durable);
        unsynced.forEach(write -> kept.put(write.key(), write.object()));
        visible.clear();
        visible.putAll(kept);
    }

    /**
     * A starting process finds what the kernel holds, and makes it durable before anybody is shown it. What a former
     * one could not sync it may try again.
     */
    void onOpened() {
        ailments.broken = false;
        if (!node.has(ShellFlaw.OPENED_WITHOUT_SYNC)) {
            sync();
        }
    }

    private void sync() {
        unsynced.forEach(write -> durable.put(write.key(), write.object()));
        unsynced.clear();
    }

    // ---- crashes

    /** The process ends: what it had not handed to the kernel yet is gone, but for a random beginning. */
    void onKilled() {
        for (int kept = dice.below(queue.size() + 1); kept > 0; kept--) {
            write(queue.removeFirst());
        }
        queue.clear();
        busy = false;
    }

    /** The machine ends: all that was not synced is gone. */
    void onPowerLost() {
        unsynced.clear();
        forgetUnsynced();
    }

    /** The machine ends: of what was not synced a random part is there afterwards. */
    void onTorn() {
        for (Write write : unsynced) {
            if (dice.chance(500)) {
                durable.put(write.key(), write.object());
            }
        }
        unsynced.clear();
        forgetUnsynced();
    }

    void wipe() {
        durable.clear();
        onPowerLost();
    }

    private void forgetUnsynced() {
        queue.clear();
        busy = false;
        visible.clear();
        visible.putAll(durable);
    }
}
