package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.place;
import static dev.kvorum.core.authority.Cluster.volume;

import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.AlterBucket;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.Command.ChooseVoters;
import dev.kvorum.core.authority.Command.DeclareBucket;
import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.Command.Found;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.Command.RaiseFeatureLevel;
import dev.kvorum.core.authority.Command.Recover;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.authority.Command.Retire;
import dev.kvorum.core.authority.Command.SetSetting;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.BucketSettings.Conflict;
import dev.kvorum.core.ring.BucketSettings.Mode;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws commands that honest nodes, copies, thieves, confused operators and slow networks would send. */
final class Story {

    private final SplittableRandom random;
    private final int nodes;
    private final List<Submission> sent = new ArrayList<>();
    private final List<VolumeStart> starts = new ArrayList<>();
    private long lastId;
    private int lastVolume = 1_000;

    Story(long seed) {
        random = new SplittableRandom(seed);
        nodes = random.nextInt(1, 8);
    }

    int nodes() {
        return nodes;
    }

    SplittableRandom random() {
        return random;
    }

    Submission founding() {
        return send(0, 0, new Found(Cluster.document(nodes)));
    }

    /** What comes before anything is founded. */
    Submission early() {
        return send(0, 0, new OpenSession("early"));
    }

    /** The next entry for a log that has come to {@code state} at {@code index}. */
    Submission next(AuthorityState state, long index) {
        if (random.nextInt(7) == 0) {
            return sent.get(random.nextInt(4) == 0 ? random.nextInt(sent.size()) : recent());
        }
        long session = switch (random.nextInt(6)) {
            case 0 -> random.nextLong(state.session().number() + 2);
            case 1, 2 -> state.session().number();
            default -> 0;
        };
        return send(index, session, command(state));
    }

    private int recent() {
        return sent.size() - 1 - random.nextInt(Math.min(8, sent.size()));
    }

    private Submission send(long index, long session, Command command) {
        Submission submission = new Submission(new CommandId(random.nextLong(), ++lastId), index, session, command);
        sent.add(submission);
        return submission;
    }

    private Command command(AuthorityState state) {
        int node = random.nextInt(nodes + 1);
        NodeEntry known = state.node(id(node));
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> new Register(start(node, known));
            case 4, 5, 6 -> new NewVolume(anew(node), proof(known));
            case 7, 8, 9, 10 -> passed(state, node, known);
            case 11 -> new DeclareLost(id(node), volumeOf(known), Cause.PERSON);
            case 12 -> accept(state);
            case 13 -> new Retire(id(node), volumeOf(known));
            case 14 -> new OpenSession("operator-" + random.nextInt(3));
            case 15 -> new SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, random.nextInt(70));
            case 16 -> new DeclareBucket(bucket("b-" + random.nextInt(4)));
            case 17 -> new AlterBucket(bucket(random.nextBoolean() ? "default" : "b-" + random.nextInt(4)));
            case 18 -> new RaiseFeatureLevel(random.nextInt(4) == 0 ? 2 : random.nextInt(2));
            default -> random.nextInt(8) == 0 ? new Found(Cluster.document(nodes + 1)) : voters(state);
        };
    }

    Recover recovery(AuthorityState state) {
        List<NodeId> current = state.nodes().values().stream()
                .filter(NodeEntry::isCurrent)
                .map(NodeEntry::id)
                .limit(1)
                .toList();
        return new Recover(state.charter().generation() + 1, current);
    }

    private Start start(int node, @Nullable NodeEntry known) {
        VolumeStart last = known == null ? null : known.registered();
        VolumeStart start = last == null ? fresh() : another(last);
        starts.add(start);
        return new Start(random.nextInt(12) == 0 ? "c-2" : Cluster.ID, generation(), moved(node), start, 1);
    }

    private VolumeStart another(VolumeStart last) {
        return switch (random.nextInt(6)) {
            case 0 -> after(last, 1, 5);
            case 1, 2 -> after(last, random.nextInt(1, 3), random.nextInt(20));
            case 3 -> last;
            case 4 -> old(last);
            default -> starts.isEmpty() ? last : starts.get(random.nextInt(starts.size()));
        };
    }

    private long generation() {
        return random.nextInt(12) == 0 ? 2 : 1;
    }

    private RingNode moved(int node) {
        RingNode place = place(node);
        NodeId minted = id(200 + random.nextInt(3));
        return switch (random.nextInt(40)) {
            case 0 -> new RingNode(minted, place.name(), place.zone(), 1, place.host(), place.ports());
            case 1 -> new RingNode(place.id(), place.name(), "zone-z", 1, place.host(), place.ports());
            case 2, 3 ->
                new RingNode(place.id(), place.name(), place.zone(), 1, "moved-" + random.nextInt(3), place.ports());
            default -> place;
        };
    }

    private VolumeStart after(VolumeStart last, int starts, int commits) {
        return new VolumeStart(last.volume(), last.boot() + starts, random.nextLong(), last.syncedCommit() + commits);
    }

    /** A copy: fewer starts, the same number, or one more with less in it. */
    private VolumeStart old(VolumeStart last) {
        long boot = Math.max(1, last.boot() + random.nextInt(-1, 2));
        return new VolumeStart(
                last.volume(), boot, random.nextLong(), Math.max(0, last.syncedCommit() - random.nextInt(5)));
    }

    private VolumeStart fresh() {
        return new VolumeStart(volume(++lastVolume), 1, random.nextLong(), 0);
    }

    private Start anew(int node) {
        VolumeStart start =
                random.nextInt(6) == 0 && !starts.isEmpty() ? starts.get(random.nextInt(starts.size())) : fresh();
        starts.add(start);
        RingNode place = place(node);
        boolean minted = random.nextInt(4) == 0;
        RingNode self = minted
                ? new RingNode(id(100 + random.nextInt(3)), place.name(), place.zone(), 1, place.host(), place.ports())
                : place;
        return new Start(Cluster.ID, 1, self, start, 1);
    }

    private Proof proof(@Nullable NodeEntry known) {
        VolumeStart last = known == null ? null : known.registered();
        if (last == null) {
            return new Proof.None();
        }
        return switch (random.nextInt(5)) {
            case 0 -> new Proof.Counter(last.volume(), last.boot() + random.nextInt(3));
            case 1 -> new Proof.Counter(volumeOf(known), last.boot() + 1);
            case 2 -> new Proof.Place(last);
            case 3 -> new Proof.Place(starts.isEmpty() ? last : starts.get(random.nextInt(starts.size())));
            default -> new Proof.None();
        };
    }

    private VolumeId volumeOf(@Nullable NodeEntry known) {
        if (known == null || random.nextInt(10) == 0) {
            return volume(++lastVolume);
        }
        List<VolumeId> volumes = new ArrayList<>(known.former());
        if (known.registered() != null) {
            volumes.add(known.registered().volume());
        }
        boolean present = volumes.isEmpty() || random.nextInt(4) > 0;
        return volumes.isEmpty()
                ? volume(1)
                : volumes.get(present ? volumes.size() - 1 : random.nextInt(volumes.size()));
    }

    private BarrierPassed passed(AuthorityState state, int node, @Nullable NodeEntry known) {
        List<ShardEpoch> shards = new ArrayList<>();
        for (ShardState shard : state.shards()) {
            if (random.nextInt(3) > 0) {
                long epoch = Math.max(1, shard.epoch() - (random.nextInt(4) == 0 ? 1 : 0));
                shards.add(new ShardEpoch(shard.shard(), epoch));
            }
        }
        return new BarrierPassed(id(node), volumeOf(known), shards);
    }

    private AcceptLoss accept(AuthorityState state) {
        ShardState shard = state.shards().get(random.nextInt(state.shards().size()));
        return new AcceptLoss(shard.shard(), Math.max(1, shard.epoch() - random.nextInt(2)));
    }

    private ChooseVoters voters(AuthorityState state) {
        List<NodeId> voters = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            voters.add(id(random.nextInt(nodes + 1)));
        }
        return new ChooseVoters(random.nextInt(4) == 0 ? List.of() : state.voters(), voters);
    }

    private BucketSettings bucket(String name) {
        Level[] levels = {Level.ONE, Level.QUORUM, Level.ALL, Level.exactly(4)};
        Conflict conflict = random.nextInt(6) == 0 ? Conflict.LWW : Conflict.SIBLINGS;
        return new BucketSettings(
                name, Mode.QUORUM, conflict, levels[random.nextInt(4)], levels[random.nextInt(4)], false);
    }
}
