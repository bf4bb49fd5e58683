package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.step.InvariantViolation;
import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.check.WitnessChecker;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Trail;
import org.jspecify.annotations.Nullable;

/** One seed of one group from its first draw to its verdict. */
public final class GroupRun {

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

    /** Runs it; tells what was wrong, or null. */
    public @Nullable String run() {
        String failure = failure();
        world.trail().mix(world.schedule().nowUs());
        world.trail().mix(world.schedule().steps());
        return failure;
    }

    public long virtualMs() {
        return world.schedule().nowMs();
    }

    /** Requests of clients that were answered. */
    public int answered() {
        return witness.answered();
    }

    private @Nullable String failure() {
        try {
            world.nodes().forEach(GroupNode::start);
            clients.begin();
            steward.begin();
            world.schedule().after(500_000, chaos::begin);
            world.schedule().runUntil(world.settings().unsafeMs() * 1_000L);
            witness.judge();
            recover();
            witness.judge();
            return null;
        } catch (Violation violation) {
            return violation.getMessage();
        } catch (InvariantViolation stopped) {
            return "a machine stopped: " + stopped.getMessage();
        } catch (RuntimeException broken) {
            return "broken: " + broken + " at " + broken.getStackTrace()[0];
        }
    }

    private interface Check {
        boolean holds();
    }

    private void recover() {
        chaos.stop();
        long healedUs = world.schedule().nowUs();
        clients.countFromNow();
        until(healedUs, "writes and reads are answered", clients::areServed);
        until(healedUs, "the configuration is as wanted", this::isConfigured);
        clients.stop();
        until(healedUs, "all replicas have applied all", this::areEqual);
    }

    private void until(long healedUs, String what, Check check) {
        while (!check.holds()) {
            if (world.schedule().nowUs() - healedUs >= LIMIT_US) {
                world.nodes().forEach(node -> world.tell(node.described()));
                throw new Violation("liveness: not within " + LIMIT_US / 1_000_000 + " s of healing: " + what);
            }
            world.schedule().runUntil(world.schedule().nowUs() + STEP_US);
        }
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
