package dev.kvorum.server.node;

import org.jspecify.annotations.Nullable;

/**
 * The one thread that steps a machine, which is whichever did so first. A handler of Vert.x runs where its socket or
 * timer was made, which is easily another one: two at once in a machine break it without a trace.
 */
final class OwnThread {

    private volatile @Nullable Thread owner;

    /** @throws IllegalStateException on any other thread */
    void check() {
        Thread now = Thread.currentThread();
        if (owner == null) {
            owner = now;
        }
        if (!now.equals(owner)) {
            throw new IllegalStateException("a step on " + now + " of a machine that is stepped on " + owner);
        }
    }
}
