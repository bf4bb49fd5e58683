package dev.kvorum.server.node;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Supplier;

/**
 * The threads of a node, as Vert.x contexts, each on an event loop of its own.
 *
 * @param data one per data loop, in order
 * @param control for membership and the authority
 */
public record Contexts(List<Context> data, Context control) {

    public Contexts {
        data = List.copyOf(data);
    }

    /** Runs a task on a context; for any thread. */
    static Future<Void> on(Context context, Supplier<Future<Void>> task) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(here -> task.get().onComplete(done));
        return done.future();
    }
}
