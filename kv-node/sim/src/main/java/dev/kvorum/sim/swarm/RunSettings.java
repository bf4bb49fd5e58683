package dev.kvorum.sim.swarm;

import dev.kvorum.sim.load.LoadSettings;
import dev.kvorum.sim.world.WorldSettings;
import java.util.EnumSet;

/**
 * All that a seed draws before anything happens.
 *
 * @param faults which may strike
 * @param strikeMostMs the longest quiet time between two strikes
 * @param unsafeMs how long faults strike
 */
public record RunSettings(
        WorldSettings world, LoadSettings load, EnumSet<Fault> faults, int strikeMostMs, int unsafeMs) {}
