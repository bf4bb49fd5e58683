package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Answer.SessionOpened;
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
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What each command does: a pure function of the state and the entry, the same in every process and on every replay. A
 * refusal leaves the state as it was, except that a remembered command's refusal is remembered too.
 */
public final class Rules {

    /** By how much a recovery jumps ahead, so that no number of the lost group can come again. */
    static final long RECOVERY_BLOCK = 1L << 20;

    private final SortedSet<AuthorityFlaw> flaws;
    private final Registrations registrations;
    private final Shards shards;
    private final Buckets buckets;

    private Rules(Set<AuthorityFlaw> flaws) {
        this.flaws = Collections.unmodifiableSortedSet(new TreeSet<>(flaws));
        this.shards = new Shards(this.flaws);
        this.registrations = new Registrations(this.flaws, shards);
        this.buckets = new Buckets();
    }

    public static Rules standard() {
        return new Rules(new TreeSet<>());
    }

    /** With mistakes planted on purpose; for tests. */
    public static Rules withFlaws(Set<AuthorityFlaw> planted) {
        return new Rules(planted);
    }

    boolean has(AuthorityFlaw flaw) {
        return flaws.contains(flaw);
    }

    /**
     * What an entry came to.
     *
     * @param index where in the log the answer arose: the entry's own, or that of an earlier attempt
     */
    public record Applied(AuthorityState state, long index, Answer answer) {}

    /**
     * Applies the entry at {@code index} of the log.
     *
     * @param index above that of every entry before
     */
    public Applied apply(AuthorityState state, long index, Submission entry) {
        if (!entry.command().isRemembered() || flaws.contains(AuthorityFlaw.DUPLICATE_APPLIED_TWICE)) {
            return carryOut(state, index, entry);
        }
        Recents.Recent earlier = state.recents().find(entry.id());
        if (earlier != null) {
            boolean same = earlier.digest() == entry.digest();
            return new Applied(state, earlier.index(), same ? earlier.answer() : otherCommand(entry));
        }
        boolean forgotten = entry.basis() < state.recents().floor();
        if (forgotten && !flaws.contains(AuthorityFlaw.FORGOTTEN_APPLIED_AGAIN)) {
            return new Applied(state, index, tooLate(entry, state));
        }
        Applied applied = carryOut(state, index, entry);
        Draft draft = new Draft(applied.state());
        draft.recents = draft.recents.with(new Recents.Recent(entry.id(), index, entry.digest(), applied.answer()));
        return new Applied(draft.toState(), index, applied.answer());
    }

    private static Answer otherCommand(Submission entry) {
        return new Refused(
                RefusalCode.BAD_REQUEST, "command " + entry.id() + " asked for something else before; use a new id");
    }

    private static Answer tooLate(Submission entry, AuthorityState state) {
        return new Refused(
                RefusalCode.TOO_LATE,
                "command " + entry.id() + " was first sent at index " + entry.basis() + ", answers up to "
                        + state.recents().floor() + " are forgotten; look whether it took effect, then send a new one");
    }

    private Applied carryOut(AuthorityState state, long index, Submission entry) {
        Draft draft = new Draft(state);
        Answer answer = refusal(state, entry);
        if (answer == null) {
            answer = carryOut(draft, entry.command());
        }
        boolean refused = answer instanceof Refused;
        return new Applied(refused ? state : draft.toState(), index, answer);
    }

    private @Nullable Answer refusal(AuthorityState state, Submission entry) {
        if (!state.isFounded() && !(entry.command() instanceof Found)) {
            return new Refused(RefusalCode.NOT_FOUNDED, "no cluster is founded in this log yet; ask again in a moment");
        }
        long present = state.session().number();
        if (entry.session() == 0 || entry.session() == present || flaws.contains(AuthorityFlaw.SESSION_NOT_COMPARED)) {
            return null;
        }
        return entry.session() < present
                ? new Refused(
                        RefusalCode.SESSION_SUPERSEDED,
                        "operator session " + entry.session() + " ended when "
                                + state.session().operator() + " opened session " + present
                                + "; this operator must stop")
                : new Refused(
                        RefusalCode.SESSION_UNKNOWN,
                        "operator session " + entry.session() + " was never opened, the present one is " + present
                                + "; open one");
    }

    private Answer carryOut(Draft draft, Command command) {
        return switch (command) {
            case Found(Bootstrap document) -> found(draft, document);
            case Register(Start start) -> registrations.register(draft, start);
            case NewVolume(Start start, Proof proof) -> registrations.newVolume(draft, start, proof);
            case BarrierPassed passed -> shards.passed(draft, passed);
            case DeclareLost(NodeId node, VolumeId volume, Cause ignored) -> shards.lose(draft, node, volume);
            case AcceptLoss(int shard, long epoch) -> shards.accept(draft, shard, epoch);
            case Retire(NodeId node, VolumeId volume) -> shards.retire(draft, node, volume);
            case OpenSession(String operator) -> open(draft, operator);
            case DeclareBucket(BucketSettings settings) -> buckets.declare(draft, settings);
            case AlterBucket(BucketSettings settings) -> buckets.alter(draft, settings);
            case SetSetting(ClusterSetting setting, long value) -> set(draft, setting, value);
            case RaiseFeatureLevel(int level) -> raise(draft, level);
            case ChooseVoters(List<NodeId> from, List<NodeId> voters) -> choose(draft, from, voters);
            case Recover(long generation, List<NodeId> voters) -> recover(draft, generation, voters);
        };
    }

    // ---- the cluster as a whole

    private static Answer found(Draft draft, Bootstrap document) {
        if (draft.epoch > 0) {
            return draft.charter.documentHash() == document.contentHash()
                    ? draft.done()
                    : new Refused(
                            RefusalCode.CLUSTER_CONFLICT,
                            "another document founded cluster " + draft.charter.clusterId() + " in this log");
        }
        Ring ring = Ring.of(document);
        draft.charter = Charter.of(document);
        draft.epoch = ring.epoch();
        document.nodes().forEach(node -> draft.put(NodeEntry.expected(node)));
        ring.entries().forEach(entry -> draft.shards.add(ShardState.founded(entry)));
        draft.voters = document.voters();
        draft.buckets.addAll(document.buckets());
        draft.weakestWrite = Buckets.weakestWrite(document.factor(), document.buckets());
        return draft.done();
    }

    private Answer open(Draft draft, String operator) {
        long number = draft.session.number() + (flaws.contains(AuthorityFlaw.SESSION_NUMBER_REUSED) ? 0 : 1);
        draft.session = new OperatorSession(Math.max(1, number), operator);
        return new SessionOpened(draft.session.number());
    }

    private static Answer set(Draft draft, ClusterSetting setting, long value) {
        if (!setting.allows(value)) {
            return new Refused(RefusalCode.BAD_REQUEST, setting.word() + " is " + value + "; use " + setting.range());
        }
        draft.settings.put(setting, value);
        return draft.done();
    }

    private static Answer raise(Draft draft, int level) {
        for (NodeEntry node : draft.nodes.values()) {
            if (node.isCurrent() && node.featureLevel() < level) {
                return new Refused(
                        RefusalCode.BUILD_TOO_OLD,
                        "feature level " + level + " is not known to node "
                                + node.node().name() + ", whose build knows " + node.featureLevel()
                                + "; roll it first");
            }
        }
        draft.featureLevel = Math.max(draft.featureLevel, level);
        return draft.done();
    }

    // ---- voters

    private static Answer choose(Draft draft, List<NodeId> from, List<NodeId> voters) {
        if (!from.equals(draft.voters)) {
            return new Refused(RefusalCode.STALE, "the voters are " + draft.voters + " by now; decide again");
        }
        String wrong = wrongVoters(draft, voters);
        if (wrong != null) {
            return new Refused(RefusalCode.BAD_REQUEST, wrong);
        }
        draft.voters = voters;
        return draft.done();
    }

    private static @Nullable String wrongVoters(Draft draft, List<NodeId> voters) {
        if (voters.size() % 2 == 0 || voters.size() > VoterChoice.MOST) {
            return "the number of voters is " + voters.size() + "; use 1, 3 or 5";
        }
        if (voters.stream().distinct().count() < voters.size()) {
            return "a voter is named twice in " + voters + "; name each once";
        }
        for (NodeId voter : voters) {
            NodeEntry node = draft.nodes.get(voter);
            if (node == null || !node.isCurrent()) {
                return "voter " + voter + " is "
                        + (node == null ? "unknown" : node.state().word()) + "; choose another";
            }
        }
        return null;
    }

    /**
     * Entries, sessions and registrations of the lost group that nobody here has seen may live on at nodes that cannot
     * be asked now. So every number jumps ahead, and every entry is new.
     */
    private Answer recover(Draft draft, long generation, List<NodeId> voters) {
        if (generation == draft.charter.generation() && voters.equals(draft.voters)) {
            return draft.done();
        }
        if (generation != draft.charter.generation() + 1) {
            return new Refused(
                    RefusalCode.STALE,
                    "the cluster is at generation " + draft.charter.generation()
                            + "; a recovery leads to the next, not to " + generation);
        }
        String wrong = wrongVoters(draft, voters);
        if (wrong != null) {
            return new Refused(RefusalCode.BAD_REQUEST, wrong);
        }
        if (!flaws.contains(AuthorityFlaw.RECOVERY_KEEPS_GENERATION)) {
            draft.charter = draft.charter.recovered(generation);
        }
        draft.voters = voters;
        draft.session = new OperatorSession(block(draft.session.number()), draft.session.operator());
        if (!flaws.contains(AuthorityFlaw.RECOVERY_KEEPS_EPOCHS)) {
            draft.epoch = block(draft.epoch);
        }
        shards.renewAll(draft);
        return draft.done();
    }

    /** The first multiple of the block above the number. */
    private static long block(long number) {
        return (number / RECOVERY_BLOCK + 1) * RECOVERY_BLOCK;
    }
}
