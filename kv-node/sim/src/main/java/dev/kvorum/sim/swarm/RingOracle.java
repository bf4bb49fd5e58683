package dev.kvorum.sim.swarm;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides synthetic changes of the ring in place of an authority: the replicas of a shard stay, the order in which they
 * take over changes. Nodes learn of it at different times, and some only from others.
 */
final class RingOracle {

    private final World world;
    private final Dice dice;
    private Ring newest;

    RingOracle(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.newest = world.founding();
    }

    Ring newest() {
        return newest;
    }

    void change() {
        int shard = dice.below(newest.shards());
        List<NodeId> replicas = new ArrayList<>(newest.entry(shard).replicas());
        Collections.shuffle(replicas, dice.splitSource());
        newest = newest.withReplicas(shard, replicas);
        Ring decided = newest;
        for (Node node : world.nodes()) {
            if (dice.chance(700)) {
                world.schedule().after(dice.between(0L, 3_000_000L), () -> node.adopt(decided));
            }
        }
    }

    void tellAllBut(Node one) {
        for (Node node : world.nodes()) {
            if (node != one) {
                node.adopt(newest);
            }
        }
    }
}
