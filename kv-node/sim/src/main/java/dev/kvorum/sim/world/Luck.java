package dev.kvorum.sim.world;

import java.util.SplittableRandom;

/**
 * The sources of one run, split per concern from its seed.
 *
 * @param settings what the run is like
 * @param nodes actors, probe orders, start-up times
 * @param network delays and losses
 * @param disks sync times, torn tails
 * @param chaos which fault strikes whom when
 * @param load what clients ask
 */
public record Luck(Dice settings, Dice nodes, Dice network, Dice disks, Dice chaos, Dice load) {

    public static Luck of(long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        return new Luck(
                new Dice(root.split()),
                new Dice(root.split()),
                new Dice(root.split()),
                new Dice(root.split()),
                new Dice(root.split()),
                new Dice(root.split()));
    }
}
