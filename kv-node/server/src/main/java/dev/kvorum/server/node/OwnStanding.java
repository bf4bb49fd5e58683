package dev.kvorum.server.node;

import dev.kvorum.server.door.Standing;
import dev.kvorum.server.door.Standing.State;
import org.jspecify.annotations.Nullable;

/** How this node stands: of all that bears on it the gravest counts, in whatever order it came. For any thread. */
final class OwnStanding {

    private Standing waiting = Standing.because(State.STARTING, "the store is being opened");
    private dev.kvorum.core.replication.Standing data = dev.kvorum.core.replication.Standing.VOTING;
    private boolean joined;
    private boolean draining;
    private @Nullable String suspended;
    private @Nullable String fenced;
    private volatile Standing shown = waiting;

    /** What the doors show and go by; cheap. */
    Standing shown() {
        return shown;
    }

    /** What its replicas may do, once it serves. */
    synchronized dev.kvorum.core.replication.Standing ofReplicas() {
        if (fenced != null || suspended != null) {
            return dev.kvorum.core.replication.Standing.FENCED;
        }
        return draining ? dev.kvorum.core.replication.Standing.DRAINING : data;
    }

    synchronized boolean isFenced() {
        return fenced != null;
    }

    /** Until it joins. */
    synchronized void await(State state, String what) {
        waiting = Standing.because(state, what);
        show();
    }

    /**
     * The store is open.
     *
     * @param found what the replicas in it may do
     */
    synchronized void hold(dev.kvorum.core.replication.Standing found) {
        data = found;
    }

    /** It belongs to a cluster. */
    synchronized void join() {
        joined = true;
        show();
    }

    /** Its replicas are complete again. */
    synchronized void merged() {
        data = dev.kvorum.core.replication.Standing.VOTING;
        show();
    }

    synchronized void drain() {
        draining = true;
        show();
    }

    /** Does nothing with its data before {@link #resume}. */
    synchronized void suspend(String why) {
        suspended = why;
        show();
    }

    synchronized void resume() {
        suspended = null;
        show();
    }

    /** Does nothing with its data any more; only the first reason is shown. */
    synchronized void fence(String why) {
        if (fenced == null) {
            fenced = why;
            show();
        }
    }

    private void show() {
        shown = gravest();
    }

    private Standing gravest() {
        String out = fenced != null ? fenced : suspended;
        if (out != null) {
            return Standing.because(State.FENCED, out);
        }
        if (draining) {
            return Standing.because(State.DRAINING, "asked to stop");
        }
        if (!joined) {
            return waiting;
        }
        return data == dev.kvorum.core.replication.Standing.MERGING
                ? Standing.because(State.RECOVERING, "merges other replicas after a restart of the kernel")
                : Standing.of(State.READY);
    }
}
