package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.ClusterSetting;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.ShardEpoch;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayList;
import java.util.List;

/** What operators and people want, sensible or not. */
final class Wishes {

    private final AuthorityWorld world;
    private final Dice dice;
    private long session;
    private int operators;

    Wishes(AuthorityWorld world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    void onAnswer(Answer answer) {
        if (answer instanceof Answer.SessionOpened(long number)) {
            session = Math.max(session, number);
        }
    }

    /** None, the latest that anybody opened, or the one before it. */
    long session() {
        return dice.chance(500) ? 0 : Math.max(0, session - dice.below(2));
    }

    Command draw() {
        AuthorityState known = world.checker().latest();
        return switch (dice.below(known.isFounded() ? 9 : 4)) {
            case 0 -> new Command.OpenSession("operator-" + ++operators);
            case 1, 2 -> setting();
            case 3 -> new Command.DeclareBucket(BucketSettings.named("b-" + dice.below(6)));
            case 4 -> weaker(dice.below(6));
            case 5 -> acceptLoss(known);
            case 6 -> retireOwner(known);
            case 7 -> reportOfAnother(known);
            default -> new Command.RaiseFeatureLevel(1);
        };
    }

    Command setting() {
        return new Command.SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, dice.between(1, 64));
    }

    private Command weaker(int bucket) {
        BucketSettings now = BucketSettings.named("b-" + bucket);
        Level write = dice.chance(100) ? Level.ONE : now.write();
        return new Command.AlterBucket(
                new BucketSettings(now.name(), now.mode(), now.conflict(), Level.ONE, write, now.sloppy()));
    }

    /** As it is now, or as somebody saw it a while ago. */
    private Command acceptLoss(AuthorityState known) {
        List<ShardState> candidates = new ArrayList<>(known.shards());
        candidates.removeIf(shard -> shard.loss() == ShardState.Loss.NONE);
        ShardState shard = dice.pick(candidates.isEmpty() ? known.shards() : candidates);
        return new Command.AcceptLoss(
                shard.shard(), dice.chance(500) ? shard.epoch() : Math.max(1, shard.epoch() - dice.below(8)));
    }

    private Command retireOwner(AuthorityState known) {
        List<NodeEntry> owners = new ArrayList<>(known.nodes().values());
        owners.removeIf(node -> node.registered() == null
                || known.shards().stream().noneMatch(shard -> shard.entry().isReplica(node.id())));
        if (owners.isEmpty()) {
            return setting();
        }
        NodeEntry owner = dice.pick(owners);
        VolumeId volume = owner.registered() == null
                ? world.mintVolume()
                : owner.registered().volume();
        return new Command.Retire(owner.id(), volume);
    }

    /** As from a process on a volume that is not the node's any more, though it knows the latest table. */
    private Command reportOfAnother(AuthorityState known) {
        ShardState shard = dice.pick(known.shards());
        for (ShardState each : known.shards()) {
            shard = each.isSettled() ? shard : each;
        }
        NodeId member = shard.isSettled()
                ? shard.entry().replicas().getFirst()
                : shard.awaited().first();
        NodeEntry node = known.node(member);
        VolumeId volume = node == null || node.former().isEmpty() ? world.mintVolume() : dice.pick(node.former());
        return new Command.BarrierPassed(member, volume, List.of(new ShardEpoch(shard.shard(), shard.epoch())));
    }
}
