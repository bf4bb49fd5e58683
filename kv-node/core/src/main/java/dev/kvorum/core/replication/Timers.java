package dev.kvorum.core.replication;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Instants at which an operation wants to be looked at again. An operation that has ended meanwhile is simply gone. */
final class Timers {

    /** Why the operation is looked at. */
    enum Cause {
        DEADLINE,
        HEDGE,
        HOLD,
        RETRY
    }

    record Timer(long atMs, long order, long operationId, Cause cause) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer that) {
            int byTime = Long.compare(atMs, that.atMs);
            return byTime != 0 ? byTime : Long.compare(order, that.order);
        }
    }

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long order;

    void at(long atMs, long operationId, Cause cause) {
        queue.add(new Timer(atMs, order++, operationId, cause));
    }

    @Nullable
    Timer due(long nowMs) {
        Timer next = queue.peek();
        return next != null && next.atMs() <= nowMs ? queue.poll() : null;
    }
}
