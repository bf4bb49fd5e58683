package dev.kvorum.sim.swarm;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.CommandId;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.Rules;
import dev.kvorum.core.authority.ShardEpoch;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.Submission;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.node.Rows;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.world.Decided;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Decides by the authority's own rules, in a log that everybody agrees on at once: volumes that are lost and replaced,
 * buckets and their levels, losses that are accepted, barriers. Nodes learn of it at different times.
 */
final class RowOracle implements Oracle {

    private final World world;
    private final Dice dice;
    private final Rules rules = Rules.standard();
    private final List<VolumeStart> volumes = new ArrayList<>();
    private final List<Node> waiting = new ArrayList<>();
    private final TreeMap<Integer, Long> excusedUs = new TreeMap<>();
    private AuthorityState state = AuthorityState.EMPTY;
    private Decided newest;
    private long index;
    private int volumesToLose;

    RowOracle(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.volumesToLose = dice.of(1, 2, 2, 4);
        this.newest = world.founded();
        apply(new Command.Found(world.document()));
        for (Node node : world.nodes()) {
            volumes.add(new VolumeStart(mint(), 1, dice.any(), 0));
            apply(new Command.Register(start(node)));
        }
        this.newest = decided();
    }

    private VolumeId mint() {
        return new VolumeId(dice.any(), dice.any());
    }

    private Start start(Node node) {
        var place = Objects.requireNonNull(world.founding().node(node.id()));
        return new Start(world.founding().clusterId(), 1, place, volumes.get(node.index()), 1);
    }

    private Answer apply(Command command) {
        CommandId id = new CommandId(dice.any(), dice.any());
        Rules.Applied applied = rules.apply(state, ++index, new Submission(id, index, 0, command));
        state = applied.state();
        return applied.answer();
    }

    private void must(Command command) {
        Answer answer = apply(command);
        if (answer instanceof Answer.Refused) {
            throw new IllegalStateException("the authority refused " + command + ": " + answer);
        }
    }

    // ---- decisions

    @Override
    public void strike(Fault fault, Node node) {
        if (fault == Fault.NEW_VOLUME) {
            loseVolume(node);
        } else if (fault == Fault.NEW_BUCKET) {
            declare();
        } else if (fault == Fault.NEW_LEVELS) {
            alter();
        } else {
            accept();
        }
    }

    /** Every row keeps one complete replica: with none, nothing would be left to look at. */
    private void loseVolume(Node node) {
        if (volumesToLose == 0 || waiting.contains(node) || !othersAreComplete(node.id())) {
            return;
        }
        volumesToLose--;
        waiting.add(node);
        node.loseVolume();
        long backUs = dice.between(10_000L, dice.of(100_000, 1_000_000, 5_000_000));
        if (dice.chance(400)) {
            world.schedule().after(dice.between(0L, backUs), () -> declareLost(node));
        }
        world.schedule().after(backUs, () -> begin(node));
    }

    private boolean othersAreComplete(NodeId node) {
        for (ShardState shard : state.shards()) {
            List<NodeId> complete = new ArrayList<>(shard.entry().replicas());
            complete.removeAll(shard.incomplete());
            waiting.forEach(gone -> complete.remove(gone.id()));
            complete.remove(node);
            if (complete.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void declareLost(Node node) {
        if (waiting.contains(node)) {
            must(new Command.DeclareLost(node.id(), volumes.get(node.index()).volume(), Cause.VOLUME_GONE));
            tell();
        }
    }

    private void begin(Node node) {
        if (!waiting.remove(node)) {
            return;
        }
        VolumeStart former = volumes.get(node.index());
        volumes.set(node.index(), new VolumeStart(mint(), 1, dice.any(), 0));
        must(new Command.NewVolume(start(node), new Proof.Counter(former.volume(), former.boot() + 1)));
        tell();
        node.begin(newest);
    }

    private void declare() {
        if (state.buckets().size() <= 3) {
            must(new Command.DeclareBucket(
                    bucket("bucket-" + state.buckets().size(), state.charter().factor())));
            tell();
        }
    }

    private void alter() {
        BucketSettings former = dice.pick(state.buckets());
        must(new Command.AlterBucket(
                bucket(former.name(), former.write().of(state.charter().factor()))));
        tell();
    }

    private BucketSettings bucket(String name, int mostWrite) {
        int factor = state.charter().factor();
        int write = dice.between(dice.chance(700) ? Math.min(mostWrite, factor / 2 + 1) : 1, mostWrite);
        int read = dice.between(factor - write + 1, dice.chance(700) ? factor - write + 1 : factor);
        return new BucketSettings(
                name,
                BucketSettings.Mode.QUORUM,
                BucketSettings.Conflict.SIBLINGS,
                Level.exactly(read),
                Level.exactly(write),
                false);
    }

    private void accept() {
        for (ShardState shard : state.shards()) {
            if (shard.loss() == ShardState.Loss.POSSIBLE) {
                must(new Command.AcceptLoss(shard.shard(), shard.epoch()));
                excusedUs.put(shard.shard(), Long.MAX_VALUE);
            }
        }
        tell();
    }

    @Override
    public void finish() {
        List.copyOf(waiting).forEach(this::begin);
        accept();
        excuseNoMore();
    }

    // ---- what comes of it

    private Decided decided() {
        var told = Rows.of(state.ring(), state);
        return new Decided(index, told.ring(), told.buckets(), told.shortfalls());
    }

    private void tell() {
        newest = decided();
        Decided decided = newest;
        for (Node node : world.nodes()) {
            if (dice.chance(700)) {
                world.schedule()
                        .after(
                                dice.between(0L, dice.of(50_000, 3_000_000)),
                                () -> node.rows().adopt(decided));
            }
        }
    }

    @Override
    public Decided newest() {
        return newest;
    }

    @Override
    public void tellAllBut(Node one) {
        world.nodes().forEach(node -> node.rows().adopt(newest));
    }

    @Override
    public void onSettled(Node node, long epoch) {
        VolumeId volume = volumes.get(node.index()).volume();
        world.schedule().after(world.network().delayUs(), () -> {
            List<ShardEpoch> passed = new ArrayList<>();
            for (ShardState shard : state.shards()) {
                if (shard.epoch() <= epoch && shard.awaited().contains(node.id())) {
                    passed.add(new ShardEpoch(shard.shard(), shard.epoch()));
                }
            }
            apply(new Command.BarrierPassed(node.id(), volume, passed));
            excuseNoMore();
        });
    }

    private void excuseNoMore() {
        excusedUs.replaceAll((shard, untilUs) ->
                untilUs == Long.MAX_VALUE && state.shards().get(shard).isSettled()
                        ? world.schedule().nowUs()
                        : untilUs);
    }

    @Override
    public boolean isSettled() {
        return state.shards().stream().allMatch(ShardState::isSettled);
    }

    @Override
    public long excusedUntilUs(int shard) {
        return excusedUs.getOrDefault(shard, 0L);
    }
}
