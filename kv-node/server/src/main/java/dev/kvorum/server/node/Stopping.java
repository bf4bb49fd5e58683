package dev.kvorum.server.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/** The steps of an orderly stop that have to wait for something. */
record Stopping(Vertx vertx, List<Loop> loops) {

    private static final int DRAIN_LOOK_MS = 50;
    private static final int LEAVE_WAIT_MS = 2_000;

    /** Completes when no loop has anything in flight. */
    Future<Void> drained() {
        Promise<Void> idle = Promise.promise();
        awaitIdle(idle);
        return idle.future();
    }

    private void awaitIdle(Promise<Void> idle) {
        if (loops.stream().mapToInt(Loop::operationsInFlight).sum() == 0) {
            idle.complete();
        } else {
            vertx.setTimer(DRAIN_LOOK_MS, later -> awaitIdle(idle));
        }
    }

    /** Closes the links, once the members were told good-bye or had time enough to hear it. */
    Future<Void> told(Future<Void> goodbye) {
        Promise<Void> enough = Promise.promise();
        vertx.setTimer(LEAVE_WAIT_MS, late -> enough.tryComplete());
        goodbye.onComplete(told -> enough.tryComplete());
        Future<Void> stopped = enough.future();
        for (Loop loop : loops) {
            stopped = stopped.eventually(
                    () -> Contexts.on(loop.context(), () -> loop.links().close()));
        }
        return stopped;
    }
}
