package dev.kvorum.sim.swarm;

import dev.kvorum.sim.world.Decided;
import dev.kvorum.sim.world.Node;

/** Decides in place of an authority. */
interface Oracle {

    Decided newest();

    /** Changes something. */
    void strike(Fault fault, Node node);

    /** Everything that waits for a decision gets it. */
    void finish();

    /** Tells the newest decision to all nodes, but to this one only if it cannot find out by itself. */
    void tellAllBut(Node one);

    void onSettled(Node node, long epoch);

    /**
     * What was begun before this instant may be lost: a person accepted a loss then, and by now everyone goes by that.
     */
    long excusedUntilUs(int shard);

    /** Whether all barriers have passed. */
    boolean isSettled();
}
