package dev.kvorum.sim.world;

/** A process, with its machine, that blows are dealt to. What does not fit its state does nothing. */
public interface Victim {

    void start();

    /** The process ends. */
    void kill();

    /** The machine ends, and everything unsynced. */
    void losePower();

    /** The process stands still; what reaches it waits. */
    void pause();

    void resume();

    /** Makes the disk so many times slower; 1 is healthy. */
    void slowDisk(int factor);
}
