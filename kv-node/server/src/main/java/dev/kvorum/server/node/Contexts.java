package dev.kvorum.server.node;

import io.vertx.core.Context;
import java.util.List;

/**
 * The threads of a node, as Vert.x contexts, each on an event loop of its own.
 *
 * @param data one per data loop, in order
 * @param control for membership
 */
public record Contexts(List<Context> data, Context control) {

    public Contexts {
        data = List.copyOf(data);
    }
}
