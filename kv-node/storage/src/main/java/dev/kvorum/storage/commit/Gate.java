package dev.kvorum.storage.commit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets operations through until it is closed, and lets the closer wait for those inside. Two uncontended atomic
 * additions per operation: each thread counts in a stripe of its own.
 *
 * <p>Why it is sound: {@link #enter} counts itself and then looks at {@code closed}; {@link #close} sets {@code closed}
 * and then looks at the counts. Both are volatile, so at least one of the two sees the other.
 */
public final class Gate implements AutoCloseable {

    private static final int STRIPES = 32;
    /** Longs between two stripes: two cache lines, because processors fetch them in pairs. */
    private static final int SPACING = 16;

    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final AtomicLongArray inside = new AtomicLongArray((STRIPES + 1) * SPACING);
    private volatile boolean closed;

    /** Whether the operation may go on; if so, the same thread must call {@link #exit} after it. */
    public boolean enter() {
        int stripe = stripe();
        inside.getAndIncrement(stripe);
        if (closed) {
            inside.getAndDecrement(stripe);
            return false;
        }
        return true;
    }

    /** Ends what {@link #enter} let in. */
    public void exit() {
        inside.getAndDecrement(stripe());
    }

    /** Lets nobody in any more and returns when nobody is inside. Waits through interrupts. */
    @Override
    public void close() {
        closed = true;
        for (int stripe = 1; stripe <= STRIPES; stripe++) {
            awaitEmpty(stripe * SPACING);
        }
    }

    private void awaitEmpty(int stripe) {
        boolean interrupted = false;
        while (inside.get(stripe) != 0) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static int stripe() {
        return (1 + (int) (Thread.currentThread().threadId() & (STRIPES - 1))) * SPACING;
    }
}
