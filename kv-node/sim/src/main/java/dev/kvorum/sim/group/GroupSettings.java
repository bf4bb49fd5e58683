package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.sim.world.NetworkSettings;
import java.util.EnumSet;

/**
 * The group that a run is about.
 *
 * @param voters of the nodes, how many found the group
 * @param syncMostUs the slowest sync of a healthy disk
 * @param mostDriftPerMillion by how much clocks run fast or slow
 * @param thinkMostMs the longest pause of a client between two requests
 * @param strikeMostMs the longest quiet time between two strikes
 * @param unsafeMs how long faults strike
 */
public record GroupSettings(
        int nodes,
        int voters,
        NetworkSettings network,
        int syncMostUs,
        int mostDriftPerMillion,
        int clients,
        int thinkMostMs,
        EnumSet<GroupFault> faults,
        int strikeMostMs,
        int unsafeMs,
        ConsensusConfig config,
        GroupFlaws flaws) {}
