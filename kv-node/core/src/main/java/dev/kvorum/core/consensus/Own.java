package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.ConfigurationChanged;
import dev.kvorum.core.consensus.ConsensusEffect.LeaderChanged;
import dev.kvorum.core.consensus.ConsensusEffect.Send;
import dev.kvorum.core.consensus.ConsensusEffect.Store;
import dev.kvorum.core.consensus.ConsensusEffect.StoreSnapshot;
import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this replica holds: who it is, its term and vote, its role, its log, and how much of that is durable. */
final class Own {

    final int group;
    final ReplicaId id;
    final ConsensusConfig config;
    final Log log = new Log();
    final Configurations configurations = new Configurations();
    final Outbox outbox = new Outbox();
    final Writes writes = new Writes();

    private long term;
    private @Nullable ReplicaId vote;
    private Role role = Role.FOLLOWER;
    private @Nullable ReplicaId leader;
    private long commit;
    private long termOp;
    private long logOp;
    private long installOp;
    private boolean isTermUnstored;

    Own(int group, ReplicaId id, ConsensusConfig config) {
        this.group = group;
        this.id = id;
        this.config = config;
    }

    boolean has(ConsensusFlaw flaw) {
        return config.has(flaw);
    }

    void recover(Saved saved) {
        term = saved.hardState().term();
        vote = saved.hardState().vote();
        log.recover(saved.applied().position(), saved.entries());
        configurations.reset(saved.applied());
        saved.entries().stream()
                .filter(entry -> entry.index() > saved.applied().index())
                .forEach(configurations::append);
        commit = saved.applied().index();
        writes.recover(log.lastIndex());
    }

    long term() {
        return term;
    }

    Role role() {
        return role;
    }

    @Nullable
    ReplicaId leader() {
        return leader;
    }

    long commit() {
        return commit;
    }

    /** The last entry that a crash would leave. */
    long durable() {
        return writes.durable();
    }

    /** The store after which the term and the vote are durable. */
    long termOp() {
        return termOp;
    }

    /** The store after which the log is durable. */
    long logOp() {
        return logOp;
    }

    Configuration configuration() {
        return configurations.latest();
    }

    boolean isVoter() {
        return configuration().isVoter(id);
    }

    /**
     * Whether to stand for election. Whoever is removed by an entry that may not be committed yet still does (4.2.2):
     * with the longest log, nobody else could win.
     */
    boolean mayStand() {
        return isVoter() || configurations.at(commit).isVoter(id);
    }

    boolean mayVoteFor(ReplicaId candidate) {
        return vote == null || vote.equals(candidate) || has(ConsensusFlaw.VOTES_TWICE);
    }

    // ---- term, vote, role

    void raiseTerm(long newTerm) {
        Invariants.check(newTerm > term, "the term never falls: %d after %d", newTerm, term);
        term = newTerm;
        vote = null;
        outbox.forgetHeld();
        onTermChanged();
    }

    /** Stands in a new term, with its own vote. */
    void stand() {
        term++;
        vote = id;
        outbox.forgetHeld();
        onTermChanged();
    }

    void vote(ReplicaId candidate) {
        if (!candidate.equals(vote)) {
            vote = candidate;
            onTermChanged();
        }
    }

    /** The next store will hold it: one of entries, or one of its own at the end of the step. */
    private void onTermChanged() {
        isTermUnstored = true;
        termOp = outbox.lastOp() + 1;
    }

    void storeTerm(Consumer<? super ConsensusEffect> out) {
        if (isTermUnstored) {
            out.accept(new Store(nextOp(), hardState(), List.of()));
        }
    }

    private long nextOp() {
        isTermUnstored = false;
        return outbox.nextOp();
    }

    void become(Role next, @Nullable ReplicaId newLeader, Consumer<? super ConsensusEffect> out) {
        if (role != next || !Objects.equals(leader, newLeader)) {
            role = next;
            leader = newLeader;
            out.accept(new LeaderChanged(role, term, leader));
        }
    }

    // ---- the log

    /** Adds entries that follow the log. */
    void append(List<Entry> entries, Consumer<? super ConsensusEffect> out) {
        Configuration before = configuration();
        entries.forEach(this::add);
        storeLog(entries, out);
        tellConfiguration(before, out);
    }

    /** Replaces the log from the first entry's index on. */
    void replace(List<Entry> entries, Consumer<? super ConsensusEffect> out) {
        Configuration before = configuration();
        long first = entries.getFirst().index();
        Invariants.check(first > commit, "entry %d is committed up to %d and must stay", first, commit);
        log.cutFrom(first);
        writes.cutFrom(first);
        if (!has(ConsensusFlaw.KEEPS_CUT_CONFIGURATION)) {
            configurations.cutFrom(first);
        }
        entries.forEach(this::add);
        storeLog(entries, out);
        tellConfiguration(before, out);
    }

    private void add(Entry entry) {
        log.append(entry);
        configurations.append(entry);
    }

    /** Goes on from a leader's state. */
    void install(Mark mark, Consumer<? super ConsensusEffect> out) {
        Configuration before = configuration();
        log.reset(mark.position());
        configurations.reset(
                has(ConsensusFlaw.SNAPSHOT_WITHOUT_CONFIGURATION) ? new Mark(mark.position(), before) : mark);
        commit = mark.index();
        logOp = nextOp();
        installOp = logOp;
        writes.replaceAll(logOp, mark.index());
        out.accept(new StoreSnapshot(logOp, hardState(), new Mark(mark.position(), configuration())));
        tellConfiguration(before, out);
    }

    void commitTo(long index) {
        Invariants.check(index <= log.lastIndex(), "commit %d lies behind the end %s", index, log.last());
        commit = Math.max(commit, index);
    }

    /** Whether what is committed is an entry of this term, so that nobody else's uncommitted entries are before it. */
    boolean hasCommittedInTerm() {
        return log.termAt(commit) == term;
    }

    /** Tells whether an installation became durable with it. */
    boolean onStored(long opId, Consumer<? super ConsensusEffect> out) {
        outbox.onStored(opId, out);
        writes.onStored(opId);
        boolean installed = installOp > 0 && outbox.isStored(installOp);
        if (installed) {
            installOp = 0;
        }
        return installed;
    }

    private void storeLog(List<Entry> entries, Consumer<? super ConsensusEffect> out) {
        logOp = nextOp();
        writes.add(logOp, log.lastIndex());
        out.accept(new Store(logOp, hardState(), entries));
    }

    private HardState hardState() {
        return new HardState(term, vote);
    }

    private void tellConfiguration(Configuration before, Consumer<? super ConsensusEffect> out) {
        if (!before.equals(configuration())) {
            out.accept(new ConfigurationChanged(configuration()));
        }
    }

    // ---- packets

    void send(ReplicaId to, ConsensusMessage message, Consumer<? super ConsensusEffect> out) {
        out.accept(new Send(packet(to, term, message)));
    }

    void sendOnce(long opId, ReplicaId to, ConsensusMessage message, Consumer<? super ConsensusEffect> out) {
        outbox.sendOnce(opId, packet(to, term, message), out);
    }

    ConsensusPacket packet(ReplicaId to, long ofTerm, ConsensusMessage message) {
        return new ConsensusPacket(group, id, to, ofTerm, message);
    }

    void describe(WireWriter out) {
        ConsensusCodec.write(hardState(), out);
        out.putEnum(role).putByte(leader == null ? 0 : 1);
        if (leader != null) {
            leader.write(out);
        }
        out.putVar(commit).putVar(outbox.distance(termOp)).putVar(outbox.distance(logOp));
        out.putVar(outbox.distance(installOp));
        log.describe(out);
        configurations.describe(out);
        writes.describe(outbox.lastOp(), out);
        outbox.describe(out);
    }
}
