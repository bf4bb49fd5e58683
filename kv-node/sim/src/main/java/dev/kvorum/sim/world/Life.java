package dev.kvorum.sim.world;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * One process after another at one address: what an ended one still meant to do never happens, and what reaches a
 * paused one waits.
 *
 * @param <I> what reaches it
 */
public final class Life<I> {

    private final Schedule schedule;
    private final Consumer<? super I> step;
    private final ArrayDeque<I> late = new ArrayDeque<>();
    private int number;
    private boolean running;
    private boolean paused;

    /**
     * @param step takes what reaches the process while it runs
     */
    public Life(Schedule schedule, Consumer<? super I> step) {
        this.schedule = schedule;
        this.step = step;
    }

    public void begin() {
        number++;
        running = true;
    }

    public void end() {
        running = false;
        paused = false;
        late.clear();
    }

    public boolean isRunning() {
        return running;
    }

    /** Which process this is, or was the last one; grows with each. */
    public int number() {
        return number;
    }

    /** Whether this very process runs, paused or not. */
    public boolean is(int process) {
        return running && number == process;
    }

    public void pause() {
        paused = running;
    }

    public boolean isPaused() {
        return paused;
    }

    public void resume() {
        paused = false;
        while (!paused && !late.isEmpty()) {
            step.accept(late.removeFirst());
        }
    }

    /** Takes an input, now or when the process goes on; one that ended takes none. */
    public void take(I input) {
        if (paused) {
            late.add(input);
        } else if (running) {
            step.accept(input);
        }
    }

    /** Runs the action so many microseconds from now, unless this process has ended by then. */
    public void after(long delayUs, Action action) {
        int process = number;
        schedule.after(delayUs, () -> {
            if (is(process)) {
                action.run();
            }
        });
    }
}
