package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.sim.check.WitnessChecker;
import dev.kvorum.sim.course.Course;
import dev.kvorum.sim.course.Patience;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Trail;
import org.jspecify.annotations.Nullable;

/** One seed of one group from its first draw to its verdict. */
public final class GroupRun implements Course {

    private static final long LIMIT_US = 60_000_000;
    private static final long STEP_US = 10_000;

    private final GroupWorld world;
    private final WitnessChecker witness = new WitnessChecker();
    private final GroupClients clients;
    private final Steward steward;
    private final GroupChaos chaos;

    private GroupRun(GroupSettings settings, Luck luck, Trail trail) {
        world = new GroupWorld(settings, luck, trail);
        clients = new GroupClients(world, witness, luck.load());
        steward = new Steward(world, luck.chaos().split());
        Adversary adversary =
                new Adversary(world, steward, clients, luck.settings().split());
        chaos = new GroupChaos(world, steward, adversary, luck.chaos());
    }

    /** Faults of every kind, wherever they strike. */
    public static GroupRun consensus(long seed, GroupFlaws flaws, Trail trail) {
        Luck luck = Luck.of(seed);
        return new GroupRun(GroupDraw.of(flaws, luck.settings()), luck, trail);
    }

    /** Strikes at leaders, and at the moments that a leader is most easily wrong about. */
    public static GroupRun adversary(long seed, GroupFlaws flaws, Trail trail) {
        Luck luck = Luck.of(seed);
        return new GroupRun(GroupDraw.adversary(flaws, luck.settings()), luck, trail);
    }

    @Override
    public @Nullable String run() {
        return Course.failureOf(this::whole, world.schedule(), world.trail());
    }

    @Override
    public long virtualMs() {
        return world.schedule().nowMs();
    }

    @Override
    public int answered() {
        return witness.answered();
    }

    private void whole() {
        world.nodes().forEach(GroupNode::start);
        clients.begin();
        steward.begin();
        world.schedule().after(500_000, chaos::begin);
        world.schedule().runUntil(world.settings().unsafeMs() * 1_000L);
        witness.judge();
        recover();
        witness.judge();
    }

    private void recover() {
        chaos.stop();
        Patience patience = new Patience(
                world.schedule(), LIMIT_US, () -> world.nodes().forEach(node -> world.tell(node.described())));
        clients.countFromNow();
        patience.until("writes and reads are answered", STEP_US, clients::areServed);
        patience.until("the configuration is as wanted", STEP_US, this::isConfigured);
        clients.stop();
        patience.until("all replicas have applied all", STEP_US, this::areEqual);
    }

    private boolean isConfigured() {
        Configuration configuration = configuration();
        return configuration != null && steward.isContent(configuration);
    }

    /** That of the only leader; null while there is none, or more than one. */
    private @Nullable Configuration configuration() {
        Configuration found = null;
        for (GroupNode node : world.nodes()) {
            Consensus machine = node.machine();
            if (machine != null && node.leads()) {
                if (found != null) {
                    return null;
                }
                found = machine.configuration();
            }
        }
        return found;
    }

    private boolean areEqual() {
        Configuration configuration = configuration();
        if (configuration == null) {
            return false;
        }
        long committed = world.checker().committed();
        for (GroupNode node : world.nodes()) {
            Consensus machine = node.machine();
            boolean counts = configuration.contains(node.id()) && !steward.isDead(node);
            if (counts && (machine == null || machine.appliedIndex() < committed)) {
                return false;
            }
        }
        return true;
    }
}
