package dev.kvorum.sim.authority;

import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The disk of one node with its committer: writes become durable in order, batch by batch. */
final class VolumeDisk {

    /** On its way to the disk; {@code opId} 0 for a compaction, which nobody waits for. */
    private record Pending(long opId, @Nullable AuthorityGroupWrite write, long compactThrough) {}

    private final AuthorityNode node;
    private final int syncMostUs;
    private final Dice dice;
    private final ArrayDeque<Pending> unsynced = new ArrayDeque<>();
    private int slowness = 1;
    private boolean committing;

    VolumeDisk(AuthorityNode node, int syncMostUs, Dice dice) {
        this.node = node;
        this.syncMostUs = syncMostUs;
        this.dice = dice;
    }

    /** Makes it so many times slower; 1 is healthy. */
    void slow(int factor) {
        slowness = factor;
    }

    void write(long opId, AuthorityGroupWrite write) {
        submit(new Pending(opId, write, 0));
    }

    void compact(long through) {
        submit(new Pending(0, null, through));
    }

    private void submit(Pending change) {
        unsynced.add(change);
        if (!committing) {
            committing = true;
            commit();
        }
    }

    private void commit() {
        int batch = unsynced.size();
        if (batch == 0) {
            committing = false;
            return;
        }
        node.laterInThisLife(dice.between(20L, syncMostUs) * slowness, () -> {
            long[] done = new long[batch];
            for (int i = 0; i < batch; i++) {
                done[i] = sync(unsynced.removeFirst());
            }
            for (long opId : done) {
                node.onStored(opId);
            }
            commit();
        });
    }

    private long sync(Pending change) {
        AuthorityGroupWrite write = change.write();
        if (write == null) {
            node.volume().compact(change.compactThrough());
        } else {
            node.volume().apply(write);
            node.onDurable(write);
        }
        return change.opId();
    }

    /** The process ends; a random beginning of what was on its way is kept. */
    void tear() {
        crash(dice.below(unsynced.size() + 1));
    }

    /** The process ends; of what was on its way so many writes are kept. */
    void crash(int kept) {
        for (int i = 0; i < kept; i++) {
            sync(unsynced.removeFirst());
        }
        if (kept > 0 && !unsynced.isEmpty() && node.volume().damage instanceof Damage.None) {
            node.volume().damage = new Damage.TornTail();
        }
        unsynced.clear();
        committing = false;
    }
}
