package dev.kvorum.server.node;

import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Waits until all that was handed to the store so far can be read from it. A write that other replicas have
 * acknowledged may still be on its way to this node's own disk, and a walk over the store would miss it.
 */
final class CommitBarrier implements CommitListener {

    /** Removing what is never there leaves nothing behind; the committer takes operations in their order. */
    private static final byte[] NOTHING = "server-barrier".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch done = new CountDownLatch(1);

    private CommitBarrier() {}

    /**
     * Blocks for one turn of the committer. Returns at once when the store takes no writes, since then none is on its
     * way that could still be acknowledged.
     *
     * @throws IOException when the thread is asked to stop
     */
    static void await(NodeStorage storage) throws IOException {
        CommitBarrier barrier = new CommitBarrier();
        WriteOp nothing = new WriteOp(new Change.Delete(Family.META, NOTHING.clone()), Durability.OS, 0, barrier);
        if (storage.submit(nothing) != Submitted.ACCEPTED) {
            return;
        }
        try {
            barrier.done.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store caught up", stopped);
        }
    }

    @Override
    public void committed(long[] opIds, int count) {
        done.countDown();
    }

    @Override
    public void failed(long[] opIds, int count, Throwable cause) {
        done.countDown();
    }
}
