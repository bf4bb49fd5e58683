package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.AuthorityFlaw;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.course.Course;
import dev.kvorum.sim.course.Patience;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One seed of one cluster's authority from its first draw to its verdict. */
public final class AuthorityRun implements Course {

    private static final long LIMIT_US = 120_000_000;
    private static final long STEP_US = 20_000;
    private static final long ASK_AGAIN_US = 500_000;

    private final AuthorityWorld world;
    private final AuthorityChaos chaos;

    /** @param flaw planted into every node; null in an honest run */
    public AuthorityRun(long seed, @Nullable AuthorityFlaw flaw, Trail trail) {
        Luck luck = Luck.of(seed);
        world = new AuthorityWorld(AuthoritySettings.draw(flaw, luck.settings()), luck, trail);
        chaos = new AuthorityChaos(world, luck.chaos());
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
        return world.checker().answers();
    }

    private void whole() {
        world.nodes().forEach(AuthorityNode::start);
        world.clients().begin();
        world.schedule().after(1_000_000, chaos::begin);
        world.schedule().runUntil(world.settings().unsafeMs() * 1_000L);
        chaos.stop();
        world.clients().countFromNow();
        until("commands are answered", () -> world.clients().areServed());
        world.clients().stop();
        comeToRest();
        for (int i = 0; i < world.settings().recoveries(); i++) {
            recoverByForce();
        }
    }

    // ---- rest

    private void until(String what, BooleanSupplier holds) {
        new Patience(world.schedule(), LIMIT_US, this::tellWhatHangs).until(what, STEP_US, holds);
    }

    private void tellWhatHangs() {
        world.nodes().forEach(node -> world.tell(node.described()));
        world.tell(String.valueOf(world.checker().latest()));
    }

    private void comeToRest() {
        until("everybody is registered", () -> world.nodes().stream().allMatch(AuthorityNode::isRegistered));
        until("all barriers have passed", this::isSettled);
        until("there is one leader", this::hasOneLeader);
        until("the log's voters and learners are those decided", this::isConfigured);
        until("all nodes hold the same state durably, at the same index", this::areEqual);
        until("it stays so", this::isAtRest);
    }

    private boolean isAtRest() {
        return isSettled() && hasOneLeader() && isConfigured() && areEqual();
    }

    private boolean isSettled() {
        AuthorityState latest = world.checker().latest();
        return latest.isFounded() && latest.shards().stream().allMatch(ShardState::isSettled);
    }

    private boolean hasOneLeader() {
        return world.nodes().stream().filter(AuthorityNode::leads).count() == 1;
    }

    private boolean isConfigured() {
        List<NodeId> voters = world.checker().latest().voters();
        for (AuthorityNode node : world.nodes()) {
            AuthorityGroup group = node.group();
            if (group == null
                    || !nodesOf(group.log().configuration().voters()).equals(voters)
                    || !group.log().configuration().contains(node.volume().replica())
                    || group.log().configuration().all().size() != world.nodes().size()) {
                return false;
            }
        }
        return true;
    }

    private static List<NodeId> nodesOf(Iterable<ReplicaId> replicas) {
        List<NodeId> nodes = new ArrayList<>();
        replicas.forEach(replica -> nodes.add(replica.node()));
        return nodes;
    }

    private boolean areEqual() {
        AuthorityState latest = world.checker().latest();
        long index = world.nodes().getFirst().volume().state.index();
        for (AuthorityNode node : world.nodes()) {
            AuthorityGroup group = node.group();
            if (group == null
                    || node.volume().state.index() != index
                    || group.log().commitIndex() != index
                    || !group.authority().durable().state().equals(latest)) {
                return false;
            }
        }
        return true;
    }

    // ---- the majority is gone for good

    private void recoverByForce() {
        until("enough nodes vote", () -> world.checker().latest().voters().size() >= 3 && isAtRest());
        AuthorityNode survivor = chaos.loseMajority();
        long generation = world.checker().latest().charter().generation() + 1;
        world.checker().log().onRecovery();
        survivor.volume().recover();
        survivor.comeBack();
        ask(survivor, new Command.Recover(generation, List.of(survivor.volume().node)), generation);
        until("the group is recovered", () -> generation() == generation);
        world.nodes().stream().filter(AuthorityNode::isAway).forEach(AuthorityNode::comeBack);
        comeToRest();
    }

    private long generation() {
        return world.checker().latest().charter().generation();
    }

    private void ask(AuthorityNode survivor, Command recovery, long generation) {
        if (generation() < generation) {
            world.clients().submit(survivor, recovery);
            world.schedule().after(ASK_AGAIN_US, () -> ask(survivor, recovery, generation));
        }
    }
}
