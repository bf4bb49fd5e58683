package dev.kvorum.sim.authority;

import static dev.kvorum.sim.authority.AuthorityChecker.law;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.ShardEpoch;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must be true of starts and volumes in any agreed log, and of the rows that lose one. It remembers by itself. */
final class VolumeLaws {

    private final String clusterId;
    private final Set<VolumeId> givenUp = new HashSet<>();
    private final Map<VolumeId, VolumeStart> latest = new HashMap<>();
    private final TreeMap<Integer, TreeSet<NodeId>> incomplete = new TreeMap<>();
    private final TreeSet<Integer> accepted = new TreeSet<>();
    private final TreeSet<Integer> doubtful = new TreeSet<>();
    private int weakestWrite = Integer.MAX_VALUE;

    VolumeLaws(String clusterId) {
        this.clusterId = clusterId;
    }

    void check(Agreed agreed) {
        checkStart(agreed);
        checkBarriers(agreed);
        checkLoss(agreed);
        for (NodeEntry node : agreed.after().nodes().values()) {
            VolumeStart start = node.registered();
            boolean isDead = start != null && givenUp.contains(start.volume());
            law(!isDead || !node.isCurrent(), "a volume that was given up is current again: %s", node);
        }
    }

    boolean isGivenUp(VolumeId volume) {
        return givenUp.contains(volume);
    }

    // ---- starts

    private void checkStart(Agreed agreed) {
        if (!(agreed.answer() instanceof Answer.Registered registered)) {
            return;
        }
        Start start = Objects.requireNonNull(startOf(agreed.entry().command()));
        VolumeStart now = start.volume();
        law(start.clusterId().equals(clusterId), "a foreign node was let in: %s", start);
        law(!givenUp.contains(now.volume()), "a volume that was given up was let in: %s", now);
        VolumeStart last = latest.get(now.volume());
        boolean isFresh = last == null
                || isSameProcess(last, now)
                || (now.boot() > last.boot() && now.syncedCommit() >= last.syncedCommit());
        law(isFresh, "an old copy was let in: %s after %s", now, last);
        latest.put(now.volume(), now);
        NodeEntry entry = at(agreed.after(), registered.node());
        VolumeStart kept = entry.registered();
        law(entry.isCurrent() && kept != null && isSameProcess(kept, now), "%s was let in, kept is %s", now, entry);
        NodeEntry known = agreed.before().node(registered.node());
        if (agreed.entry().command() instanceof Command.NewVolume(Start ignored, Proof proof)
                && last == null
                && known != null) {
            checkNewVolume(agreed, known, proof);
        }
    }

    private static @Nullable Start startOf(Command command) {
        if (command instanceof Command.Register(Start start)) {
            return start;
        }
        return command instanceof Command.NewVolume(Start start, Proof ignored) ? start : null;
    }

    private static boolean isSameProcess(VolumeStart one, VolumeStart other) {
        return one.volume().equals(other.volume()) && one.boot() == other.boot() && one.nonce() == other.nonce();
    }

    private void checkNewVolume(Agreed agreed, NodeEntry known, Proof proof) {
        VolumeStart former = known.registered();
        if (former != null) {
            law(
                    known.state() == NodeState.LOST || proves(proof, former),
                    "a living node's identity was taken by %s: %s",
                    proof,
                    known);
            givenUp.add(former.volume());
        }
        law(!agreed.after().voters().contains(known.id()), "a voter that lost its log still votes: %s", agreed.entry());
        for (ShardState shard : agreed.before().shards()) {
            ShardState now = agreed.after().shards().get(shard.shard());
            if (shard.entry().isReplica(known.id())) {
                law(now.epoch() > shard.epoch(), "I12: a new volume kept the epoch of %s", now);
                law(now.incomplete().contains(known.id()), "a new volume counts as complete in %s", now);
            }
        }
    }

    private static boolean proves(Proof proof, VolumeStart former) {
        return switch (proof) {
            case Proof.None() -> false;
            case Proof.Counter(VolumeId volume, long boot) -> volume.equals(former.volume()) && boot > former.boot();
            case Proof.Place(VolumeStart against) -> isSameProcess(against, former);
        };
    }

    // ---- barriers

    private static void checkBarriers(Agreed agreed) {
        AuthorityState after = agreed.after();
        for (ShardState was : agreed.before().shards()) {
            ShardState is = after.shards().get(was.shard());
            if (is.epoch() == was.epoch()) {
                law(was.awaited().containsAll(is.awaited()), "a barrier awaits more than before: %s", is);
                TreeSet<NodeId> passed = new TreeSet<>(was.awaited());
                passed.removeAll(is.awaited());
                passed.forEach(node -> law(hasSpoken(agreed, is, node), "%s never passed %s", node, is));
            } else {
                TreeSet<NodeId> members = new TreeSet<>(is.entry().replicas());
                members.removeIf(node -> !at(after, node).isCurrent());
                law(is.awaited().equals(members), "the barrier %s should await %s", is, members);
            }
        }
    }

    private static boolean hasSpoken(Agreed agreed, ShardState shard, NodeId node) {
        return agreed.entry().command() instanceof Command.BarrierPassed(NodeId who, VolumeId volume, var shards)
                && who.equals(node)
                && agreed.before().isCurrent(node, volume)
                && shards.contains(new ShardEpoch(shard.shard(), shard.epoch()));
    }

    // ---- loss

    private void checkLoss(Agreed agreed) {
        AuthorityState after = agreed.after();
        for (BucketSettings bucket : after.buckets()) {
            weakestWrite =
                    Math.min(weakestWrite, bucket.write().of(after.charter().factor()));
        }
        if (agreed.entry().command() instanceof Command.AcceptLoss(int shard, long epoch) && !agreed.isRefused()) {
            boolean isSeen = Agreed.isSame(agreed.before(), after)
                    || agreed.before().shards().get(shard).epoch() == epoch;
            law(isSeen, "a loss was accepted that nobody had seen: %s", agreed.entry());
            accepted.add(shard);
        }
        for (ShardState shard : after.shards()) {
            checkLoss(agreed, shard);
        }
    }

    private void checkLoss(Agreed agreed, ShardState shard) {
        TreeSet<NodeId> without = incomplete.computeIfAbsent(shard.shard(), any -> new TreeSet<>());
        boolean isMore = false;
        for (NodeId replica : shard.entry().replicas()) {
            isMore |= isGone(agreed, replica) && without.add(replica);
        }
        if (isMore) {
            accepted.remove(shard.shard()); // a further loss needs another word
            doubtful.remove(shard.shard());
            if (!isEnough(shard, without)) {
                doubtful.add(shard.shard());
            }
        }
        law(shard.incomplete().equals(without), "gone are %s, not what is said: %s", without, shard);
        boolean isTold = shard.loss() == Loss.POSSIBLE || accepted.contains(shard.shard());
        law(!doubtful.contains(shard.shard()) || isTold, "too few complete replicas and nobody is told: %s", shard);
        law(shard.loss() != Loss.ACCEPTED || accepted.contains(shard.shard()), "nobody accepted the loss: %s", shard);
    }

    /** By the levels at the time of the loss: writes at a weaker one came later, and are where the survivors are. */
    private boolean isEnough(ShardState shard, Set<NodeId> without) {
        int replicas = shard.entry().replicas().size();
        return replicas - without.size() >= replicas - Math.min(replicas, weakestWrite) + 1;
    }

    /** Whether what the node held before this entry is gone after it. */
    private boolean isGone(Agreed agreed, NodeId node) {
        NodeEntry was = agreed.before().node(node);
        NodeEntry is = at(agreed.after(), node);
        VolumeStart start = is.registered();
        if (start == null) {
            return false;
        }
        if (is.state() == NodeState.LOST) {
            givenUp.add(start.volume());
            return true;
        }
        return was != null && is.state() == NodeState.PENDING && !was.isOn(start.volume());
    }

    private static NodeEntry at(AuthorityState state, NodeId node) {
        return Objects.requireNonNull(state.node(node));
    }
}
