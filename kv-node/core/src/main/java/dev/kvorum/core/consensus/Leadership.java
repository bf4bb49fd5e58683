package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusInput.ChunkLoaded;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.Mismatch;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What exists only while this replica leads: replication, the commit rule (dissertation 3.5, 3.6.2), check-quorum. */
final class Leadership {

    final Reads reads;
    final Transfers transfers;
    final Requests requests;

    private final Own own;
    private final TreeMap<ReplicaId, Progress> others = new TreeMap<>();
    private long beatMs;

    Leadership(long nowMs, Own own, long lastTransferId) {
        this.own = own;
        reads = new Reads(own);
        transfers = new Transfers(own, lastTransferId);
        requests = new Requests(own, this);
        beatMs = nowMs;
        meetOthers(nowMs);
    }

    @Nullable
    Progress progress(ReplicaId id) {
        return others.get(id);
    }

    // ---- entries

    /** Adds an entry of this term, and sends it to whoever is ready for it. */
    Position append(long nowMs, Entry.Kind kind, byte[] payload, Consumer<? super ConsensusEffect> out) {
        Entry entry = Entry.of(new Position(own.log.lastIndex() + 1, own.term()), kind, payload);
        own.append(List.of(entry), out);
        if (kind == Entry.Kind.CONFIGURATION) {
            meetOthers(nowMs);
            dropOthers(out);
        }
        others.values().forEach(to -> replicate(nowMs, to, out));
        return entry.position();
    }

    private void meetOthers(long nowMs) {
        for (ReplicaId id : own.configuration().all()) {
            if (!id.equals(own.id)) {
                others.computeIfAbsent(id, other -> new Progress(other, own.log.lastIndex() + 1, nowMs));
            }
        }
    }

    private void dropOthers(Consumer<? super ConsensusEffect> out) {
        for (Progress other : List.copyOf(others.values())) {
            if (!own.configuration().contains(other.id)) {
                transfers.end(other, out);
                others.remove(other.id);
            }
        }
    }

    private void replicate(long nowMs, Progress to, Consumer<? super ConsensusEffect> out) {
        if (to.transfer != null) {
            return;
        }
        if (to.next <= own.log.base().index()) {
            transfers.begin(nowMs, to, out);
            return;
        }
        var limits = own.config.flow();
        while (to.maySend(limits.inFlight()) && (to.next <= own.log.lastIndex() || !to.streams)) {
            List<Entry> entries = own.log.slice(to.next, own.log.lastIndex(), limits.appendBytes());
            Position previous = new Position(to.next - 1, own.log.termAt(to.next - 1));
            own.send(to.id, new Append(previous, own.commit(), entries), out);
            to.onSent(nowMs, previous.index() + entries.size());
        }
    }

    void onAppended(long nowMs, Progress from, long matchIndex, Consumer<? super ConsensusEffect> out) {
        from.onAppended(nowMs, matchIndex);
        if (from.transfer != null && from.transfer.isDone(from.match, own.log.base())) {
            transfers.end(from, out);
        }
        replicate(nowMs, from, out);
    }

    void onMismatch(long nowMs, Progress from, Mismatch mismatch, Consumer<? super ConsensusEffect> out) {
        boolean stale = mismatch.previousIndex() <= from.match
                || (!from.streams && mismatch.previousIndex() != from.next - 1)
                || from.transfer != null;
        if (stale) {
            return;
        }
        Position agreed = mismatch.agreed();
        long guess = agreed.index() < own.log.base().index()
                ? agreed.index()
                : own.log.latestNotAbove(agreed.index(), agreed.term()).index();
        from.probe(Math.min(guess + 1, mismatch.previousIndex()));
        replicate(nowMs, from, out);
    }

    // ---- snapshots

    void onChunkLoaded(long nowMs, ChunkLoaded loaded, Consumer<? super ConsensusEffect> out) {
        for (Progress to : others.values()) {
            if (to.transfer != null && to.transfer.id == loaded.transferId()) {
                transfers.onLoaded(nowMs, to, loaded, out);
            }
        }
    }

    void onChunkFailed(long transferId, Consumer<? super ConsensusEffect> out) {
        for (Progress to : others.values()) {
            if (to.transfer != null && to.transfer.id == transferId) {
                transfers.end(to, out);
            }
        }
    }

    void onChunkTaken(long nowMs, Progress from, ChunkTaken taken, Consumer<? super ConsensusEffect> out) {
        transfers.onTaken(nowMs, from, taken, out);
    }

    /** Ends what belongs to this leadership alone; tells the last transfer's id. */
    long resign(Consumer<? super ConsensusEffect> out) {
        others.values().forEach(to -> transfers.end(to, out));
        reads.refuseAll(new Refusal.NotLeader(own.leader()), out);
        return transfers.lastId();
    }

    // ---- commit

    /** Whether a replica is so near to what is committed that as a voter it would hold nothing up for long (4.2.1). */
    boolean hasCaughtUp(ReplicaId id) {
        Progress other = others.get(id);
        return other != null
                && other.match >= Math.max(1, own.log.base().index())
                && other.match + own.config.flow().uncommittedEntries() >= own.commit();
    }

    /** Commits what a majority holds durably, if it is of this term: older entries go with it (3.6.2). */
    boolean advance() {
        List<Long> copies = new ArrayList<>();
        for (ReplicaId voter : own.configuration().voters()) {
            copies.add(copyOf(voter));
        }
        int majority = own.configuration().majority();
        if (own.has(ConsensusFlaw.LEARNER_COUNTS)) {
            own.configuration().learners().forEach(learner -> copies.add(copyOf(learner)));
        }
        copies.sort(Collections.reverseOrder());
        long held = copies.get(majority - 1);
        if (held <= own.commit()) {
            return false;
        }
        boolean mayCount = own.log.termAt(held) == own.term() || own.has(ConsensusFlaw.COMMIT_OLD_TERM_BY_COUNTING);
        if (mayCount) {
            own.commitTo(held);
        }
        return mayCount;
    }

    private long copyOf(ReplicaId id) {
        if (id.equals(own.id)) {
            return own.has(ConsensusFlaw.COUNT_SELF_BEFORE_STORED) ? own.log.lastIndex() : own.durable();
        }
        Progress other = others.get(id);
        return other == null ? 0 : other.match;
    }

    // ---- heartbeats

    /** Tells whether a majority was heard within an election timeout (6.2); if not, another may lead by now. */
    boolean isInTouch(long nowMs) {
        return isMajority(other -> nowMs - other.heardMs < own.config.timing().electionMs());
    }

    /** Whether those who answered this leader within an election timeout are a majority of this configuration. */
    boolean hasMajorityOf(Configuration next, long nowMs) {
        int electionMs = own.config.timing().electionMs();
        return next.isMajority(those(other -> other.match > 0 && nowMs - other.heardMs < electionMs));
    }

    private interface Test {
        boolean holds(Progress other);
    }

    private boolean isMajority(Test test) {
        return own.configuration().isMajority(those(test));
    }

    /** This replica, and the others of whom it is true. */
    private List<ReplicaId> those(Test test) {
        List<ReplicaId> some = new ArrayList<>(List.of(own.id));
        for (Progress other : others.values()) {
            if (test.holds(other)) {
                some.add(other.id);
            }
        }
        return some;
    }

    void onTick(long nowMs, Consumer<? super ConsensusEffect> out) {
        int heartbeatMs = own.config.timing().heartbeatMs();
        if (nowMs / heartbeatMs > beatMs / heartbeatMs) {
            beatMs = nowMs;
            beat(out);
        }
        for (Progress to : others.values()) {
            resend(nowMs, to, out);
        }
    }

    void beat(Consumer<? super ConsensusEffect> out) {
        for (Progress to : others.values()) {
            long held = own.has(ConsensusFlaw.HEARTBEAT_COMMITS_UNSEEN) ? own.commit() : to.match;
            own.send(to.id, new Heartbeat(reads.round(), Math.min(held, own.commit())), out);
        }
    }

    /** What got lost is noticed by silence; a replica that is not heard at all is sent nothing but heartbeats. */
    private void resend(long nowMs, Progress to, Consumer<? super ConsensusEffect> out) {
        transfers.onTick(nowMs, to, out);
        var timing = own.config.timing();
        boolean isHeard = nowMs - to.heardMs < timing.electionMs();
        if (isHeard && to.awaits() && nowMs - to.sentMs >= timing.resendMs()) {
            to.probe(to.match + 1);
        }
        if (isHeard) {
            replicate(nowMs, to, out);
        }
    }

    void onHeartbeatReply(long nowMs, Progress from, HeartbeatReply reply, Consumer<? super ConsensusEffect> out) {
        if (reply.agreed() < from.match && from.transfer == null) {
            from.probe(from.match + 1); // it was started anew, or this came late
            replicate(nowMs, from, out);
        }
        from.round = Math.max(from.round, reply.round());
        if (own.has(ConsensusFlaw.READ_COUNTS_OLD_ROUND)) {
            from.round = reads.round();
        }
    }

    /** Begins, confirms and releases reads as far as it goes. */
    void serveReads(long appliedIndex, Consumer<? super ConsensusEffect> out) {
        confirmReads();
        if (reads.begin()) {
            beat(out);
            confirmReads(); // at once where this replica is the only voter
        }
        reads.release(appliedIndex, out);
    }

    private void confirmReads() {
        if (isMajority(other -> other.round >= reads.round()) || own.has(ConsensusFlaw.READ_WITHOUT_ROUND)) {
            reads.confirm();
        }
    }

    void describe(WireWriter out) {
        out.putVar(others.size());
        others.values().forEach(other -> other.describe(out));
        reads.describe(out);
    }
}
