package dev.kvorum.server.resp;

import dev.kvorum.core.ring.Key;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the commands of one loop that change what they read have a key one after the other. Without it many counters
 * on one key would mostly find that another was faster.
 */
final class KeyTurns {

    private final Vertx vertx;
    private final Map<Key, ArrayDeque<Runnable>> waiting = new HashMap<>();

    KeyTurns(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs {@code turn} now, or when all that came before have passed the key on. */
    void take(Key key, Runnable turn) {
        ArrayDeque<Runnable> queue = waiting.get(key);
        if (queue == null) {
            waiting.put(key, new ArrayDeque<>(1));
            turn.run();
        } else {
            queue.add(turn);
        }
    }

    /** Ends the turn at hand. */
    void pass(Key key) {
        ArrayDeque<Runnable> queue = waiting.get(key);
        Runnable next = queue == null ? null : queue.poll();
        if (next == null) {
            waiting.remove(key);
        } else {
            // Not within this call: a long queue of quick answers would be as deep a stack.
            vertx.runOnContext(later -> next.run());
        }
    }
}
