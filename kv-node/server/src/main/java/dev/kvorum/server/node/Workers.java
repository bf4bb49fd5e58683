package dev.kvorum.server.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Runs what may wait for the disk or for a name on the worker pool. */
final class Workers {

    private Workers() {}

    /** Unordered: one slow task holds up no other. The answer comes on the caller's context. */
    static <T> Future<T> call(Vertx vertx, Callable<T> task) {
        return vertx.executeBlocking(task, false).map(Objects::requireNonNull);
    }
}
