package dev.kvorum.sim.group;

import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The disk of one node with its committer: changes become durable in order, batch by batch. */
final class LogDisk {

    private final GroupNode node;
    private final int syncMostUs;
    private final Dice dice;
    private final ArrayDeque<DiskImage.Change> unsynced = new ArrayDeque<>();
    private DiskImage durable;
    private DiskImage visible;
    private int slowness = 1;
    private boolean busy;

    LogDisk(GroupNode node, int syncMostUs, DiskImage image, Dice dice) {
        this.node = node;
        this.syncMostUs = syncMostUs;
        this.dice = dice;
        durable = image;
        visible = image.copy();
    }

    /** What a crash would leave. */
    DiskImage durable() {
        return durable;
    }

    /** What will be durable if nothing happens. */
    DiskImage visible() {
        return visible;
    }

    /** Makes it so many times slower; 1 is healthy. */
    void slow(int factor) {
        slowness = factor;
    }

    void submit(DiskImage.Change change) {
        unsynced.add(change);
        visible.apply(change);
        if (!busy) {
            busy = true;
            later(dice.between(5L, 50L), this::commit);
        }
    }

    private void commit() {
        int batch = unsynced.size();
        if (batch == 0) {
            busy = false;
            return;
        }
        later(dice.between(20L, syncMostUs) * slowness, () -> {
            onSynced(batch);
            commit();
        });
    }

    private void onSynced(int batch) {
        List<DiskImage.Change> synced = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            DiskImage.Change change = unsynced.removeFirst();
            durable.apply(change);
            synced.add(change);
        }
        synced.forEach(node::onDurable);
    }

    private void later(long us, Action action) {
        node.laterInThisLife(us, action);
    }

    /** The process ends; of what was on its way a beginning of this many changes is kept. */
    void crash(int kept) {
        for (int i = 0; i < kept; i++) {
            durable.apply(unsynced.removeFirst());
        }
        replace(durable);
    }

    /** The process ends; a random beginning is kept. Tells whether anything was lost. */
    boolean tear() {
        int kept = dice.below(unsynced.size() + 1);
        boolean isTorn = kept < unsynced.size();
        crash(kept);
        return isTorn;
    }

    /** Another volume is there from now on. */
    void replace(DiskImage image) {
        unsynced.clear();
        busy = false;
        durable = image;
        visible = image.copy();
    }
}
