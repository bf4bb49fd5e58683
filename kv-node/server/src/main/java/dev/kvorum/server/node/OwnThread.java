package dev.kvorum.server.node;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that steps a machine, which is whichever did so first. A handler of Vert.x runs where its socket or
 * timer was made, which is easily another one: two at once in a machine break it without a trace.
 */
final class OwnThread {

    private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);

    private final Consumer<? super RuntimeException> onBug;
    private volatile @Nullable Thread owner;

    /**
     * @param onBug told when another thread comes, on that thread
     */
    OwnThread(Consumer<? super RuntimeException> onBug) {
        this.onBug = onBug;
    }

    /** Whether the caller may step; whoever may not is a bug, and reported. */
    boolean isThis() {
        Thread now = Thread.currentThread();
        Thread first = owner;
        if (first == null) {
            owner = now;
            return true;
        }
        if (now.equals(first)) {
            return true;
        }
        IllegalStateException bug =
                new IllegalStateException("a step on " + now + " of a machine that is stepped on " + first);
        LOG.error("two threads in one machine: the process ends and restarts", bug);
        onBug.accept(bug);
        return false;
    }
}
