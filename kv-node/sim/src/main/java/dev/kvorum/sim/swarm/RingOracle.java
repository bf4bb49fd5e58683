package dev.kvorum.sim.swarm;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.sim.world.Decided;
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
final class RingOracle implements Oracle {

    private final World world;
    private final Dice dice;
    private Decided newest;

    RingOracle(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.newest = world.founded();
    }

    @Override
    public Decided newest() {
        return newest;
    }

    @Override
    public void strike(Fault fault, Node struck) {
        Ring ring = newest.ring();
        int shard = dice.below(ring.shards());
        List<NodeId> replicas = new ArrayList<>(ring.entry(shard).replicas());
        Collections.shuffle(replicas, dice.splitSource());
        newest = new Decided(
                newest.number() + 1, ring.withReplicas(shard, replicas), newest.buckets(), newest.shortfalls());
        Decided decided = newest;
        for (Node node : world.nodes()) {
            if (dice.chance(700)) {
                world.schedule()
                        .after(dice.between(0L, 3_000_000L), () -> node.rows().adopt(decided));
            }
        }
    }

    @Override
    public void finish() {}

    @Override
    public void onSettled(Node node, long epoch) {}

    @Override
    public long excusedUntilUs(int shard) {
        return 0;
    }

    @Override
    public boolean isSettled() {
        return true;
    }

    @Override
    public void tellAllBut(Node one) {
        for (Node node : world.nodes()) {
            if (node != one) {
                node.rows().adopt(newest);
            }
        }
    }
}
