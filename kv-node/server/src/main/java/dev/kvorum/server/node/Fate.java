package dev.kvorum.server.node;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.storage.NodeStorage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the next process on this volume begins with, where this one cannot go on: written down durably, then the process
 * ends. From any thread.
 */
final class Fate {

    private static final Logger LOG = LoggerFactory.getLogger(Fate.class);

    private final Vertx vertx;
    private final Supplier<NodeStorage> store;
    private final Runnable halt;
    private final AtomicBoolean decided = new AtomicBoolean();

    private interface Task {
        void run() throws IOException;
    }

    /**
     * @param store called only when there is one
     */
    Fate(Vertx vertx, Supplier<NodeStorage> store, Runnable halt) {
        this.vertx = vertx;
        this.store = store;
        this.halt = halt;
    }

    /** What the volume holds is not to be believed: the next process begins on a new one. */
    void forsake(String why) {
        endAfter(() -> store.get().forsake(why), "the next start begins on a new volume, since " + why);
    }

    /** The group this process belonged to was given up. */
    void supersede(long generation) {
        endAfter(
                () -> AuthorityStart.keepGeneration(store.get(), generation),
                "the next start adopts generation " + generation + ", to which the cluster was recovered");
    }

    /** The authority knows this node under another id. */
    void rename(NodeId id) {
        endAfter(() -> store.get().becomeNode(id), "the next start is that of node " + id);
    }

    /** The authority knows the volume: it need not be introduced again. */
    void settle() {
        write(() -> store.get().settled(), () -> {});
    }

    /** Nothing of this process is to be trusted. */
    void halt() {
        halt.run();
    }

    /** Only the first reason counts: what comes after it comes of it. */
    private void endAfter(Task task, String next) {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        write(task, () -> {
            LOG.warn("the process ends: {}", next);
            halt.run();
        });
    }

    /** A failure ends the process, too: the next start looks at what is there. */
    private void write(Task task, Runnable then) {
        Workers.call(vertx, () -> {
                    task.run();
                    return true;
                })
                .onSuccess(kept -> then.run())
                .onFailure(failure -> {
                    LOG.error("what must be kept could not be: the process ends", failure);
                    halt.run();
                });
    }
}
