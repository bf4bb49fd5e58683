package dev.kvorum.server.resp;

import org.jspecify.annotations.Nullable;

/** The replies that a connection still owes, in the order of their commands. */
final class ReplyQueue {

    private @Nullable Slot first;
    private @Nullable Slot last;
    private int size;

    void add(Slot slot) {
        if (last == null) {
            first = slot;
        } else {
            last.next = slot;
        }
        last = slot;
        size++;
    }

    /** Takes the first slot away if its reply is known; null when there is none or it is not. */
    @Nullable
    Slot takeDone() {
        Slot done = first;
        if (done == null || !done.isDone()) {
            return null;
        }
        first = done.next;
        if (first == null) {
            last = null;
        }
        size--;
        return done;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
