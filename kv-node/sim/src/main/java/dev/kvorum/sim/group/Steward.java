package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConfigurationChange;
import dev.kvorum.core.consensus.ConfigurationChange.AddLearner;
import dev.kvorum.core.consensus.ConfigurationChange.Promote;
import dev.kvorum.core.consensus.ConfigurationChange.Remove;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusInput.Change;
import dev.kvorum.core.consensus.ConsensusInput.HandOver;
import dev.kvorum.core.consensus.Refusal;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who decides which nodes vote, as an operator would: replaces volumes that are gone, moves votes where they should be,
 * and never so that those who are left could not decide any more. Asks whoever says that it leads.
 */
final class Steward {

    private static final Requests.Asker NOBODY = new Requests.Asker() {
        @Override
        public void onDone(Registers state) {}

        @Override
        public void onFailed(@Nullable Refusal refusal) {}
    };

    private final GroupWorld world;
    private final Dice dice;
    private final TreeSet<Integer> wanted = new TreeSet<>();
    private final TreeSet<Integer> dead = new TreeSet<>();

    Steward(GroupWorld world, Dice dice) {
        this.world = world;
        this.dice = dice;
        for (int index = 0; index < world.settings().voters(); index++) {
            wanted.add(index);
        }
    }

    void begin() {
        world.schedule().after(dice.between(50_000L, 600_000L), () -> {
            List<GroupNode> leaders =
                    world.nodes().stream().filter(GroupNode::leads).toList();
            if (!leaders.isEmpty()) {
                act(dice.pick(leaders));
            }
            begin();
        });
    }

    /** Other nodes should vote from now on. */
    void wantOthers() {
        wanted.clear();
        for (int index = 0; index < world.nodes().size(); index++) {
            if (dice.chance(600)) {
                wanted.add(index);
            }
        }
        if (wanted.isEmpty()) {
            wanted.add(dice.below(world.nodes().size()));
        }
    }

    /** The node will not come back, and nobody says so. */
    void onDead(GroupNode node) {
        dead.add(node.index());
    }

    boolean isDead(GroupNode node) {
        return dead.contains(node.index());
    }

    void handOver(GroupNode leader) {
        Consensus machine = leader.machine();
        if (machine != null && !machine.configuration().voters().isEmpty()) {
            handOver(leader, dice.pick(new ArrayList<>(machine.configuration().voters())));
        }
    }

    void handOver(GroupNode leader, ReplicaId to) {
        leader.input(new HandOver(leader.requests().add(NOBODY), to));
    }

    /** Whether the configuration is as it should be. */
    boolean isContent(Configuration configuration) {
        return changes(configuration).isEmpty();
    }

    private void act(GroupNode leader) {
        Consensus machine = leader.machine();
        if (machine != null) {
            List<ConfigurationChange> changes = changes(machine.configuration());
            if (!changes.isEmpty()) {
                leader.input(new Change(leader.requests().add(NOBODY), dice.pick(changes)));
            }
        }
    }

    private List<ConfigurationChange> changes(Configuration now) {
        List<ConfigurationChange> changes = new ArrayList<>();
        for (ReplicaId id : now.all()) {
            boolean isGone = !world.isHere(id);
            boolean shouldGo = now.isVoter(id) && !wanted.contains(id.node().low()) && !isDeadHere(id);
            if ((isGone || shouldGo) && mayRemove(now, id)) {
                changes.add(new Remove(id));
            }
        }
        for (GroupNode node : world.nodes()) {
            if (!isUsable(node.id())) {
                continue;
            }
            if (!now.contains(node.id())) {
                changes.add(new AddLearner(node.id()));
            } else if (now.learners().contains(node.id())
                    && wanted.contains(node.index())
                    && usable(now) + 1 >= (now.voters().size() + 1) / 2 + 1) {
                changes.add(new Promote(node.id()));
            }
        }
        return changes;
    }

    private boolean mayRemove(Configuration now, ReplicaId id) {
        if (!now.isVoter(id)) {
            return true;
        }
        int left = now.voters().size() - 1;
        int usableLeft = usable(now) - (isUsable(id) ? 1 : 0);
        return left > 0 && usableLeft >= left / 2 + 1;
    }

    /** Whether the volume of this node may be lost without taking a majority of any configuration with it. */
    boolean canSpare(GroupNode node) {
        for (Configuration configuration : world.checker().possible()) {
            if (configuration.isVoter(node.id()) && usable(configuration) - 1 < configuration.majority()) {
                return false;
            }
        }
        return true;
    }

    private int usable(Configuration configuration) {
        return (int) configuration.voters().stream().filter(this::isUsable).count();
    }

    private boolean isUsable(ReplicaId id) {
        return world.isHere(id) && !isDeadHere(id);
    }

    private boolean isDeadHere(ReplicaId id) {
        return dead.contains(id.node().low());
    }
}
