package dev.kvorum.sim.swarm;

import dev.kvorum.sim.load.LoadSettings;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.DiskSettings;
import dev.kvorum.sim.world.NetworkSettings;
import dev.kvorum.sim.world.WorldSettings;
import java.util.EnumSet;

/** Draws the settings of a run: each seed its own cluster, its own load, its own faults. */
public final class Draw {

    private static final NetworkSettings SOUND = new NetworkSettings(50, 500, 0, 0, 0, 0);

    private Draw() {}

    public static RunSettings of(Scenario scenario, WorldSettings.Flaws flaws, Dice dice) {
        if (scenario == Scenario.COLD) {
            return cold(flaws, dice);
        }
        if (scenario == Scenario.ROWS) {
            return rows(flaws, dice);
        }
        WorldSettings world = world(scenario, flaws, dice);
        EnumSet<Fault> faults = faults(scenario, dice);
        if (world.write() < 2) {
            faults.remove(Fault.WIPE); // a write that one replica holds does not survive the loss of one
        }
        int strikeMostMs = dice.of(300, 1_000, 3_000, 6_000);
        return new RunSettings(world, load(dice), faults, strikeMostMs, dice.between(3_000, 14_000));
    }

    /** Majorities that any one node may leave, and clients that may not fail twice meanwhile. */
    private static RunSettings cold(WorldSettings.Flaws flaws, Dice dice) {
        int factor = dice.of(3, 3, 5);
        int majority = factor / 2 + 1;
        var world = new WorldSettings(
                dice.between(factor, 9),
                factor,
                factor,
                majority,
                majority,
                1 << dice.between(2, 6),
                dice.chance(200) ? 2 : 1,
                1 << dice.of(2, 4, 10),
                SOUND,
                disk(dice),
                new WorldSettings.Clocks(dice.of(0, 100, 3_000), dice.of(0, 200)),
                flaws);
        int clients = dice.between(2, 8);
        var load = new LoadSettings(
                clients, dice.of(4, 12, 24), 0, 2_000 * clients / 60, 2_000, 0, 50, LoadSettings.Again.PATIENTLY, 1);
        return new RunSettings(world, load, Scenario.COLD.faults(), 1_000, dice.between(8_000, 20_000));
    }

    /** Reads and writes overlap, or nothing would be promised. */
    private static RunSettings rows(WorldSettings.Flaws flaws, Dice dice) {
        int factor = dice.of(2, 3, 3, 3, 3, 3, 4, 5);
        int write = dice.chance(700) ? factor / 2 + 1 : dice.between(1, factor);
        int least = factor - write + 1;
        var world = new WorldSettings(
                dice.between(factor, factor + 3),
                dice.between(1, 3),
                factor,
                dice.chance(700) ? least : dice.between(least, factor),
                write,
                1 << dice.between(1, 5),
                dice.chance(300) ? 2 : 1,
                1 << dice.of(2, 4, 10),
                network(Scenario.ROWS, dice),
                disk(dice),
                new WorldSettings.Clocks(0, 0),
                flaws);
        EnumSet<Fault> faults = faults(Scenario.ROWS, dice);
        faults.add(Fault.NEW_VOLUME);
        return new RunSettings(world, rowsLoad(dice), faults, dice.of(300, 1_000, 2_000), dice.between(4_000, 14_000));
    }

    private static LoadSettings rowsLoad(Dice dice) {
        int clients = dice.between(2, 8);
        return new LoadSettings(
                clients,
                dice.of(3, 6, 12, 24),
                0,
                2_000 * clients / 60,
                dice.of(1_000, 2_000),
                0,
                dice.of(0, 50),
                LoadSettings.Again.AT_ONCE,
                dice.of(1, 2, 3));
    }

    private static WorldSettings world(Scenario scenario, WorldSettings.Flaws flaws, Dice dice) {
        int factor = dice.of(1, 2, 3, 3, 3, 3, 3, 3, 4, 5);
        int nodes = dice.chance(700) ? Math.max(3, factor) : dice.between(Math.max(3, factor), 12);
        int write = dice.chance(700) ? factor / 2 + 1 : dice.between(1, factor);
        int read = dice.chance(800) ? dice.between(factor - write + 1, factor) : dice.between(1, factor);
        if (dice.chance(500)) {
            read = Math.max(factor - write + 1, 1);
        }
        WorldSettings.Clocks clocks = dice.chance(500)
                ? new WorldSettings.Clocks(0, 0)
                : new WorldSettings.Clocks(dice.of(100, 3_000, 3_600_000), dice.of(0, 200, 20_000));
        return new WorldSettings(
                nodes,
                dice.between(1, Math.min(5, nodes)),
                factor,
                read,
                write,
                1 << dice.between(2, 6),
                dice.chance(200) ? 2 : 1,
                1 << dice.of(2, 4, 10),
                network(scenario, dice),
                disk(dice),
                clocks,
                flaws);
    }

    private static NetworkSettings network(Scenario scenario, Dice dice) {
        return switch (scenario) {
            case CALM, CONSENSUS, ADVERSARY, AUTHORITY, CRASH, RESTART, COLD, DISK, CLOCK -> SOUND;
            case PARTITION, PAUSE, FENCING, ROWS -> dice.chance(500) ? SOUND : poor(dice);
            case SWARM -> dice.chance(300) ? SOUND : poor(dice);
        };
    }

    private static NetworkSettings poor(Dice dice) {
        return new NetworkSettings(
                dice.of(20, 50, 500),
                dice.of(500, 2_000, 20_000),
                dice.of(0, 5, 50),
                dice.of(100, 1_000, 10_000),
                dice.of(0, 0, 10, 100, 300),
                dice.of(0, 0, 10, 100, 500));
    }

    private static DiskSettings disk(Dice dice) {
        return new DiskSettings(
                dice.of(20, 200, 1_000), dice.of(1_000, 3_000, 20_000), dice.of(0, 100, 900), dice.of(1, 3, 16));
    }

    private static LoadSettings load(Dice dice) {
        int keys = dice.of(1, 4, 12, 24);
        int clients = dice.between(1, 8);
        int perSecond = dice.of(10, 30, 60);
        return new LoadSettings(
                clients,
                keys,
                dice.of(0, 0, 0, dice.between(1, keys), keys),
                2_000 * clients / perSecond,
                dice.of(300, 1_000, 2_000, 2_000),
                dice.of(0, 100, 500),
                dice.of(0, 50, 500),
                LoadSettings.Again.AT_ONCE,
                1);
    }

    /** A swarm leaves out about half of the faults, so that each also meets the others' absence. */
    private static EnumSet<Fault> faults(Scenario scenario, Dice dice) {
        EnumSet<Fault> faults = scenario.faults();
        int leftOutPerMille = scenario == Scenario.SWARM ? dice.of(200, 500, 800) : dice.of(0, 300);
        for (Fault fault : scenario.faults()) {
            if (faults.size() > 1 && dice.chance(leftOutPerMille)) {
                faults.remove(fault);
            }
        }
        return faults;
    }
}
