package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Answer.Registered;
import dev.kvorum.core.authority.Answer.SessionOpened;
import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.Recover;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be true of any log, kept beside it: the book sees every entry with the state before and after, remembers
 * what the state may forget, and throws at the first broken law. It asks the state nothing that it could lie about.
 */
final class LawBook {

    /** A law was broken. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what);
        }
    }

    private record Owners(List<NodeId> replicas, Set<NodeId> incomplete) {}

    private final Map<String, Owners> ownersByEpoch;
    private final Set<VolumeId> givenUp = new HashSet<>();
    private final Map<VolumeId, VolumeStart> latest = new HashMap<>();
    private final Set<CommandId> seen = new HashSet<>();
    private final Map<Integer, Set<NodeId>> incomplete = new TreeMap<>();
    private final Set<Integer> accepted = new TreeSet<>();
    private final Set<Integer> doubtful = new TreeSet<>();
    private final Set<Long> sessions;
    private long session;
    private int weakestWrite = Integer.MAX_VALUE;

    LawBook() {
        this(new HashMap<>(), new HashSet<>());
    }

    private LawBook(Map<String, Owners> owners, Set<Long> sessions) {
        this.ownersByEpoch = owners;
        this.sessions = sessions;
    }

    /** A book for a log that goes on from the same place, as after a recovery: what numbers mean is shared. */
    LawBook fork() {
        LawBook other = new LawBook(ownersByEpoch, sessions);
        other.givenUp.addAll(givenUp);
        other.latest.putAll(latest);
        other.seen.addAll(seen);
        incomplete.forEach((shard, nodes) -> other.incomplete.put(shard, new TreeSet<>(nodes)));
        other.accepted.addAll(accepted);
        other.doubtful.addAll(doubtful);
        other.session = session;
        other.weakestWrite = weakestWrite;
        return other;
    }

    void check(AuthorityState before, Submission entry, Answer answer, AuthorityState after) {
        boolean refused = answer instanceof Refused;
        boolean repeated = entry.command().isRemembered() && !seen.add(entry.id());
        law(!refused || sameButForMemory(before, after), "a refusal changed the state: " + answer);
        law(!repeated || sameButForMemory(before, after), "a retry took effect again: " + entry);
        checkSession(before, entry, answer, repeated);
        checkEpochs(before, after);
        checkRecovery(before, entry, answer, after);
        checkStart(before, entry, answer, after);
        checkBarriers(before, entry, after);
        checkLoss(before, entry, answer, after);
        checkNodes(after);
    }

    private static boolean sameButForMemory(AuthorityState before, AuthorityState after) {
        return before.isEqualForNodes(after) && before.weakestWrite() == after.weakestWrite();
    }

    // ---- sessions

    private void checkSession(AuthorityState before, Submission entry, Answer answer, boolean repeated) {
        boolean refused = answer instanceof Refused;
        law(
                refused || repeated || entry.session() == 0 || entry.session() == session,
                "session " + entry.session() + " acted while " + session + " is open");
        if (answer instanceof SessionOpened(long number) && !repeated) {
            law(number > session, "session " + number + " was opened after " + session);
            law(sessions.add(number), "session " + number + " was opened twice");
            session = number;
        }
        if (entry.command() instanceof Recover && !refused && before.isFounded()) {
            session = Math.max(session, (session / Rules.RECOVERY_BLOCK + 1) * Rules.RECOVERY_BLOCK);
        }
    }

    // ---- epochs (I12)

    private void checkEpochs(AuthorityState before, AuthorityState after) {
        law(after.epoch() >= before.epoch(), "the epoch went back");
        boolean touched =
                !before.nodes().equals(after.nodes()) || !before.shards().equals(after.shards());
        if (before.isFounded() && after.epoch() == before.epoch() && touched) {
            law(before.ring().equals(after.ring()), "two rings at epoch " + after.epoch());
        }
        for (ShardState shard : after.shards()) {
            Owners owners = new Owners(shard.entry().replicas(), shard.incomplete());
            Owners known = ownersByEpoch.putIfAbsent(shard.shard() + "@" + shard.epoch(), owners);
            law(known == null || known.equals(owners), "two owner sets at one epoch: " + shard + " and " + known);
            law(shard.epoch() <= after.epoch(), "an entry is ahead of the ring: " + shard);
        }
        for (ShardState shard : before.shards()) {
            law(after.shards().get(shard.shard()).epoch() >= shard.epoch(), "an entry went back: " + shard);
        }
    }

    private static void checkRecovery(AuthorityState before, Submission entry, Answer answer, AuthorityState after) {
        if (entry.command() instanceof Recover(long generation, List<NodeId> ignored) && !(answer instanceof Refused)) {
            law(after.charter().generation() == generation, "a recovery left generation " + after.charter());
            boolean renewed = before.charter().generation() == generation
                    || after.shards().stream().allMatch(shard -> shard.epoch() > before.epoch() + 1_000);
            law(renewed, "a recovery goes on with epochs that the lost group may have used");
        } else {
            law(
                    !before.isFounded() || before.charter().equals(after.charter()),
                    "the charter changed without a recovery");
        }
    }

    // ---- starts

    private void checkStart(AuthorityState before, Submission entry, Answer answer, AuthorityState after) {
        if (!(answer instanceof Registered registered)) {
            return;
        }
        Start start = switch (entry.command()) {
            case Register(Start asked) -> asked;
            case NewVolume(Start asked, Proof ignored) -> asked;
            default -> throw new Broken("registered by " + entry);
        };
        law(start.clusterId().equals(before.charter().clusterId()), "a foreign node was let in: " + start);
        VolumeStart now = start.volume();
        law(!givenUp.contains(now.volume()), "a volume that was given up was let in: " + now);
        VolumeStart last = latest.get(now.volume());
        boolean fresh = last == null
                || last.isSameProcess(now)
                || (now.boot() > last.boot() && now.syncedCommit() >= last.syncedCommit());
        law(fresh, "an old copy was let in: " + now + " after " + last);
        latest.put(now.volume(), now);
        law(after.isCurrent(registered.node(), now.volume()), "registered, and not current: " + registered);
        NodeEntry known = before.node(registered.node());
        if (entry.command() instanceof NewVolume(Start ignored, Proof proof) && last == null && known != null) {
            checkNewVolume(before, known, proof, after);
        }
    }

    private void checkNewVolume(AuthorityState before, NodeEntry known, Proof proof, AuthorityState after) {
        VolumeStart former = known.registered();
        boolean proven = former == null
                || known.state() == NodeState.LOST
                || switch (proof) {
                    case Proof.None() -> false;
                    case Proof.Counter(VolumeId volume, long boot) ->
                        volume.equals(former.volume()) && boot > former.boot();
                    case Proof.Place(VolumeStart against) -> against.isSameProcess(former);
                };
        law(proven, "a living node's identity was taken by " + proof);
        if (former != null) {
            givenUp.add(former.volume());
        }
        law(!after.voters().contains(known.id()), "a voter that lost its log still votes");
        for (ShardState shard : before.shards()) {
            if (shard.entry().isReplica(known.id())) {
                ShardState now = after.shards().get(shard.shard());
                law(now.epoch() > shard.epoch(), "a new volume kept the epoch of " + now);
                law(now.incomplete().contains(known.id()), "a new volume counts as complete in " + now);
            }
        }
    }

    // ---- barriers

    private static void checkBarriers(AuthorityState before, Submission entry, AuthorityState after) {
        for (ShardState was : before.shards()) {
            ShardState is = after.shards().get(was.shard());
            if (is.epoch() != was.epoch()) {
                TreeSet<NodeId> members = new TreeSet<>(is.entry().replicas());
                members.removeIf(node -> !at(after, node).isCurrent());
                law(is.awaited().equals(members), "a new barrier awaits " + is.awaited() + ", not " + members);
            } else {
                TreeSet<NodeId> passed = new TreeSet<>(was.awaited());
                passed.removeAll(is.awaited());
                law(was.awaited().containsAll(is.awaited()), "a barrier awaits more than before: " + is);
                passed.forEach(node -> law(hasSpoken(before, entry, is, node), node + " never passed " + is));
            }
        }
    }

    private static boolean hasSpoken(AuthorityState before, Submission entry, ShardState shard, NodeId node) {
        return entry.command() instanceof BarrierPassed(NodeId who, VolumeId volume, List<ShardEpoch> shards)
                && who.equals(node)
                && before.isCurrent(node, volume)
                && shards.contains(new ShardEpoch(shard.shard(), shard.epoch()));
    }

    // ---- loss

    private void checkLoss(AuthorityState before, Submission entry, Answer answer, AuthorityState after) {
        after.buckets()
                .forEach(bucket -> weakestWrite =
                        Math.min(weakestWrite, bucket.write().of(after.charter().factor())));
        if (entry.command() instanceof AcceptLoss(int shard, long epoch) && !(answer instanceof Refused)) {
            law(
                    before.shards().get(shard).epoch() == epoch || after.equals(before),
                    "a loss was accepted that nobody had seen: " + entry);
            accepted.add(shard);
        }
        for (ShardState shard : after.shards()) {
            Set<NodeId> without = incomplete.computeIfAbsent(shard.shard(), any -> new TreeSet<>());
            boolean more = false;
            for (NodeId replica : shard.entry().replicas()) {
                more |= isGone(before, after, replica) && without.add(replica);
            }
            if (more) {
                forgetAcceptance(shard, without);
            }
            checkLoss(shard, without);
        }
    }

    /** A further loss needs another word. */
    private void forgetAcceptance(ShardState shard, Set<NodeId> without) {
        accepted.remove(shard.shard());
        doubtful.remove(shard.shard());
        if (!isEnough(shard, without)) {
            doubtful.add(shard.shard());
        }
    }

    private void checkLoss(ShardState shard, Set<NodeId> without) {
        law(shard.incomplete().equals(without), "shard counts " + shard.incomplete() + " out, gone are " + without);
        boolean told = shard.loss() == Loss.POSSIBLE || accepted.contains(shard.shard());
        law(!doubtful.contains(shard.shard()) || told, "too few complete replicas and nobody is told: " + shard);
        law(shard.loss() != Loss.ACCEPTED || accepted.contains(shard.shard()), "nobody accepted the loss of " + shard);
    }

    /** By the levels at the time of the loss: writes at a weaker one came later, and are where the survivors are. */
    private boolean isEnough(ShardState shard, Set<NodeId> without) {
        int replicas = shard.entry().replicas().size();
        return replicas - without.size() >= replicas - Math.min(replicas, weakestWrite) + 1;
    }

    /** Whether what the node held before this entry is gone after it. */
    private boolean isGone(AuthorityState before, AuthorityState after, NodeId node) {
        NodeEntry was = before.node(node);
        NodeEntry is = at(after, node);
        if (is.state() == NodeState.LOST && is.registered() != null) {
            givenUp.add(is.registered().volume());
            return true;
        }
        return was != null
                && is.registered() != null
                && is.state() == NodeState.PENDING
                && !is.isOn(
                        was.registered() == null
                                ? new VolumeId(0, 0)
                                : was.registered().volume());
    }

    // ---- nodes

    private static NodeEntry at(AuthorityState state, NodeId node) {
        return Objects.requireNonNull(state.node(node));
    }

    private void checkNodes(AuthorityState after) {
        for (NodeEntry node : after.nodes().values()) {
            boolean retired = node.state() == NodeState.RETIRED;
            law(
                    !retired
                            || after.shards().stream()
                                    .noneMatch(shard -> shard.entry().isReplica(node.id())),
                    "a retired node owns shards: " + node);
            law(node.isCurrent() || !after.voters().contains(node.id()), "a node that is gone votes: " + node);
            boolean dead = node.registered() != null
                    && givenUp.contains(node.registered().volume());
            law(!dead || !node.isCurrent(), "a volume that was given up is current again: " + node);
        }
        List<VolumeId> volumes = new ArrayList<>();
        after.nodes().values().stream()
                .filter(node -> node.registered() != null)
                .forEach(node -> volumes.add(node.registered().volume()));
        law(new HashSet<>(volumes).size() == volumes.size(), "two nodes live on one volume");
    }

    static void law(boolean holds, String broken) {
        if (!holds) {
            throw new Broken(broken);
        }
    }
}
