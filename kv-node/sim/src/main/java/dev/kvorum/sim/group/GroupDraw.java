package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.ConsensusConfig.Compaction;
import dev.kvorum.core.consensus.ConsensusConfig.Flow;
import dev.kvorum.core.consensus.ConsensusConfig.Timing;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.NetworkSettings;
import java.util.EnumSet;

/** Draws the settings of a run: each seed its own group, limits, load and faults. */
final class GroupDraw {

    private GroupDraw() {}

    /** Each strike at leaders, and a few of the others. */
    static GroupSettings adversary(GroupFlaws flaws, Dice dice) {
        GroupSettings drawn = of(flaws, dice);
        EnumSet<GroupFault> faults = drawn.faults();
        faults.removeAll(EnumSet.of(GroupFault.POWER_ALL, GroupFault.DAMAGE, GroupFault.WIPE, GroupFault.OLD_COPY));
        faults.addAll(EnumSet.of(GroupFault.STALE_LEADER, GroupFault.REELECTION, GroupFault.REPLAY));
        int nodes = Math.max(3, drawn.nodes());
        return new GroupSettings(
                nodes,
                nodes,
                drawn.network(),
                drawn.syncMostUs(),
                drawn.mostDriftPerMillion(),
                drawn.clients(),
                drawn.thinkMostMs(),
                faults,
                drawn.strikeMostMs(),
                drawn.unsafeMs(),
                drawn.config(),
                flaws);
    }

    static GroupSettings of(GroupFlaws flaws, Dice dice) {
        int nodes = dice.of(1, 2, 3, 3, 3, 4, 5, 5, 6, 7);
        return new GroupSettings(
                nodes,
                dice.chance(700) ? nodes : dice.between(1, nodes),
                dice.chance(300) ? new NetworkSettings(50, 500, 0, 0, 0, 0) : poor(dice),
                dice.of(500, 3_000, 20_000, 60_000),
                dice.of(0, 200, 20_000),
                dice.between(1, 8),
                dice.of(20, 100, 500),
                faults(dice),
                dice.of(150, 500, 1_500, 4_000),
                dice.between(3_000, 14_000),
                config(flaws, dice),
                flaws);
    }

    private static NetworkSettings poor(Dice dice) {
        return new NetworkSettings(
                dice.of(20, 50, 500),
                dice.of(500, 2_000, 20_000),
                dice.of(0, 5, 50, 200),
                dice.of(100, 1_000, 5_000),
                dice.of(0, 0, 10, 100, 300),
                dice.of(0, 0, 10, 100, 500));
    }

    private static EnumSet<GroupFault> faults(Dice dice) {
        EnumSet<GroupFault> faults = EnumSet.noneOf(GroupFault.class);
        int perMille = dice.of(150, 400, 800);
        for (GroupFault fault : EnumSet.range(GroupFault.KILL, GroupFault.CLOCK_JUMP)) {
            if (dice.chance(perMille)) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /** Small limits, so that each of them is met. */
    private static ConsensusConfig config(GroupFlaws flaws, Dice dice) {
        int compactEntries = dice.of(2, 8, 40, 400);
        return new ConsensusConfig(
                new Timing(dice.of(300, 750), dice.of(50, 150), dice.of(100, 300)),
                new Flow(1 << 10, dice.of(40, 200, 4_000), dice.of(1, 2, 8), dice.of(4, 64), 1 << 20, 16),
                new Compaction(
                        dice.of(1, 3, 100), compactEntries, dice.between(0, compactEntries), dice.of(16, 48, 400)),
                flaws.ofMachine());
    }
}
