package dev.kvorum.sim.world;

/** Something that happens at an instant of virtual time. */
@FunctionalInterface
public interface Action {
    void run();
}
