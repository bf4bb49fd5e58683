package dev.kvorum.sim.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and everything that is due: one queue ordered by (time, sequence), so that what was scheduled first
 * for an instant happens first. Times are microseconds since the start of the run.
 */
public final class Schedule {

    private long[] times = new long[256];
    private long[] orders = new long[256];
    private @Nullable Action[] actions = new @Nullable Action[256];
    private int size;
    private long nowUs;
    private long order;
    private long steps;

    public long nowUs() {
        return nowUs;
    }

    public long nowMs() {
        return nowUs / 1_000;
    }

    /** How many actions have run. */
    public long steps() {
        return steps;
    }

    /** Runs the action so many microseconds from now. */
    public void after(long delayUs, Action action) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        sinkIn(size++, nowUs + Math.max(0, delayUs), order++, action);
    }

    /** Runs everything due up to the instant, which is then the present. */
    public void runUntil(long untilUs) {
        while (size > 0 && times[0] <= untilUs) {
            runFirst();
        }
        nowUs = Math.max(nowUs, untilUs);
    }

    private void runFirst() {
        nowUs = times[0];
        Action action = actions[0];
        size--;
        long time = times[size];
        long last = orders[size];
        Action moved = actions[size];
        actions[size] = null;
        if (size > 0 && moved != null) {
            siftDown(time, last, moved);
        }
        steps++;
        if (action != null) {
            action.run();
        }
    }

    private void sinkIn(int free, long time, long sequence, Action action) {
        int at = free;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (times[parent] <= time) {
                break; // an equal time was scheduled earlier
            }
            place(at, times[parent], orders[parent], actions[parent]);
            at = parent;
        }
        place(at, time, sequence, action);
    }

    private void siftDown(long time, long sequence, Action action) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], times[child], orders[child])) {
                child++;
            }
            if (isBefore(time, sequence, times[child], orders[child])) {
                break;
            }
            place(at, times[child], orders[child], actions[child]);
            at = child;
        }
        place(at, time, sequence, action);
    }

    private void place(int at, long time, long sequence, @Nullable Action action) {
        times[at] = time;
        orders[at] = sequence;
        actions[at] = action;
    }

    private static boolean isBefore(long time, long sequence, long otherTime, long otherSequence) {
        return time != otherTime ? time < otherTime : sequence < otherSequence;
    }
}
