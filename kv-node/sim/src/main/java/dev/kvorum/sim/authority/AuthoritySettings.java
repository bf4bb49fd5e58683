package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.AuthorityConfig;
import dev.kvorum.core.authority.AuthorityFlaw;
import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.ConsensusConfig.Compaction;
import dev.kvorum.core.consensus.ConsensusConfig.Flow;
import dev.kvorum.core.consensus.ConsensusConfig.Timing;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.NetworkSettings;
import java.util.EnumSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run is like.
 *
 * @param nodes that found the cluster
 * @param syncMostUs the slowest sync of a healthy disk
 * @param clients at doors and elsewhere
 * @param strikeMostMs the longest quiet time between two strikes
 * @param unsafeMs how long faults strike
 * @param recoveries whether the majority is lost for good at the end, and the group recovered by force; 0 or 1
 */
record AuthoritySettings(
        int nodes,
        NetworkSettings network,
        int syncMostUs,
        int clients,
        EnumSet<AuthorityFault> faults,
        int strikeMostMs,
        int unsafeMs,
        int recoveries,
        ConsensusConfig log,
        AuthorityConfig authority) {

    static AuthoritySettings draw(@Nullable AuthorityFlaw flaw, Dice dice) {
        TreeSet<AuthorityFlaw> flaws = new TreeSet<>();
        if (flaw != null) {
            flaws.add(flaw);
        }
        return new AuthoritySettings(
                dice.of(3, 3, 4, 5, 5, 6, 7),
                dice.chance(400) ? new NetworkSettings(50, 500, 0, 0, 0, 0) : poor(dice),
                dice.of(500, 3_000, 20_000),
                dice.between(1, 5),
                faults(dice),
                dice.of(300, 1_000, 3_000),
                dice.between(4_000, 14_000),
                dice.chance(100) ? 1 : 0,
                log(dice),
                AuthorityConfig.standard().withFlaws(flaws));
    }

    private static NetworkSettings poor(Dice dice) {
        return new NetworkSettings(
                dice.of(20, 500),
                dice.of(500, 2_000, 20_000),
                dice.of(0, 5, 50),
                dice.of(100, 1_000),
                dice.of(0, 0, 10, 100),
                dice.of(0, 0, 10, 100));
    }

    private static EnumSet<AuthorityFault> faults(Dice dice) {
        EnumSet<AuthorityFault> faults = EnumSet.noneOf(AuthorityFault.class);
        int perMille = dice.of(150, 400, 800);
        for (AuthorityFault fault : EnumSet.complementOf(EnumSet.of(AuthorityFault.FLOOD))) {
            if (dice.chance(perMille)) {
                faults.add(fault);
            }
        }
        if (dice.chance(20)) {
            faults.add(AuthorityFault.FLOOD);
        }
        return faults;
    }

    /** Small limits, so that logs are shortened and states sent all the time. */
    private static ConsensusConfig log(Dice dice) {
        int compactEntries = dice.of(4, 16, 60, 400);
        return new ConsensusConfig(
                new Timing(dice.of(400, 750), 100, dice.of(150, 300)),
                new Flow(1 << 20, dice.of(400, 4_000, 256 << 10), dice.of(1, 4, 64), 256, 4 << 20, 64),
                new Compaction(
                        dice.of(1, 5, 100), compactEntries, dice.between(0, compactEntries), dice.of(500, 8_000)),
                new TreeSet<>());
    }
}
