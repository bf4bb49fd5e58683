package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.LogLost;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.consensus.ConsensusEffect.Trace;
import dev.kvorum.core.consensus.ConsensusInput.Applied;
import dev.kvorum.core.consensus.ConsensusInput.ChunkFailed;
import dev.kvorum.core.consensus.ConsensusInput.ChunkLoaded;
import dev.kvorum.core.consensus.ConsensusInput.Received;
import dev.kvorum.core.consensus.ConsensusInput.Recovered;
import dev.kvorum.core.consensus.ConsensusInput.Request;
import dev.kvorum.core.consensus.ConsensusInput.Stored;
import dev.kvorum.core.consensus.ConsensusInput.Tick;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Cause;
import dev.kvorum.core.consensus.ConsensusMessage.Chunk;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.Mismatch;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.StandNow;
import dev.kvorum.core.consensus.ConsensusMessage.Vote;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.step.Machine;
import dev.kvorum.core.wire.WireWriter;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a replicated log: Raft. One per group and node, on the context that owns the group.
 *
 * <p>The shell hands in {@link Recovered} first, a {@link Tick} every {@link #TICK_MS} to all its groups, what arrives,
 * and what became durable; it carries out the effects in order. A disk that refuses a store ends the process: the
 * machine knows no failed store, only one that never ended.
 */
public final class Consensus implements Machine<ConsensusInput, ConsensusEffect> {

    /** How often the shell ticks, in milliseconds; the finest time that the protocol knows. */
    public static final int TICK_MS = 50;

    private final Own own;
    private final Election election;
    private final Following following;
    private final Applying applying;

    private @Nullable Leadership leadership;
    private long lastTransferId;
    private boolean recovered;

    /**
     * @param group the number of the group, in all its packets
     * @param random a source for this machine alone
     */
    public Consensus(int group, ReplicaId id, ConsensusConfig config, RandomGenerator random) {
        own = new Own(group, id, config);
        election = new Election(own, random);
        following = new Following(own);
        applying = new Applying(own);
    }

    // ---- what a shell may want to show

    public Role role() {
        return own.role();
    }

    public long term() {
        return own.term();
    }

    /** Who leads, as far as this replica knows; null when it knows of none. */
    public @Nullable ReplicaId leader() {
        return own.leader();
    }

    /** In force here, committed or not. */
    public Configuration configuration() {
        return own.configuration();
    }

    /** Where the log ends, durable or not. */
    public Position last() {
        return own.log.last();
    }

    public long commitIndex() {
        return own.commit();
    }

    public long appliedIndex() {
        return applying.applied();
    }

    /**
     * Writes all that further steps depend on, but for the time and what waits for it: equal bytes, equal behaviour.
     * For searches that must recognise a state in which they have been.
     */
    public void describe(WireWriter out) {
        own.describe(out);
        election.describe(out);
        following.describe(out);
        applying.describe(out);
        if (leadership != null) {
            leadership.describe(out);
        }
    }

    @Override
    public void step(long nowMs, ConsensusInput input, Consumer<? super ConsensusEffect> out) {
        Invariants.check(recovered != input instanceof Recovered, "%s is out of turn at %s", input, own.id);
        if (own.role() == Role.LOST) {
            if (input instanceof Request request) {
                out.accept(new Refused(request.requestId(), new Refusal.Lost()));
            }
            return;
        }
        switch (input) {
            case Recovered found -> onRecovered(nowMs, found, out);
            case Tick() -> onTick(nowMs, out);
            case Received(ConsensusPacket packet) -> onReceived(nowMs, packet, out);
            case Stored(long opId) -> onStored(nowMs, opId, out);
            case Applied(long index) -> applying.onApplied(index, out);
            case Request request -> onRequest(nowMs, request, out);
            case ChunkLoaded loaded -> onChunkLoaded(nowMs, loaded, out);
            case ChunkFailed(long transferId) -> onChunkFailed(transferId, out);
        }
        settle(nowMs, out);
        own.storeTerm(out);
    }

    // ---- start

    private void onRecovered(long nowMs, Recovered found, Consumer<? super ConsensusEffect> out) {
        recovered = true;
        String loss = Recovery.loss(found.saved(), found.damage(), own.config);
        if (loss != null) {
            own.become(Role.LOST, null, out);
            out.accept(new LogLost(loss));
            return;
        }
        own.recover(found.saved());
        applying.restart(found.saved().applied().index());
        election.postpone(nowMs);
        out.accept(new ConsensusEffect.ConfigurationChanged(own.configuration()));
    }

    // ---- time

    private void onTick(long nowMs, Consumer<? super ConsensusEffect> out) {
        if (leadership == null) {
            if (election.isDue(nowMs)) {
                stand(nowMs, out);
            }
        } else if (leadership.isInTouch(nowMs)) {
            leadership.onTick(nowMs, out);
        } else {
            out.accept(new Trace(new ConsensusTrace.LostTouch(own.term())));
            becomeFollower(nowMs, null, out);
        }
    }

    private void stand(long nowMs, Consumer<? super ConsensusEffect> out) {
        if (!own.mayStand()) {
            election.postpone(nowMs);
        } else if (election.standForPreVote(nowMs, out)) {
            election.stand(nowMs, Cause.SILENCE, out);
        }
    }

    // ---- packets

    private void onReceived(long nowMs, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        if (packet.group() != own.group || !packet.to().equals(own.id)) {
            out.accept(new Trace(new ConsensusTrace.Misdirected(packet)));
        } else if (packet.message() instanceof PreVote asked) {
            election.onPreVote(nowMs, packet, asked, out);
        } else if (packet.message() instanceof PreVoteReply(Ballot ballot) && ballot == Ballot.GRANTED) {
            onPreVoteGranted(nowMs, packet, out);
        } else if (!isDisturbance(nowMs, packet)) {
            onCurrent(nowMs, packet, out);
        }
    }

    /** Whoever hears its leader does not even look at the term of one who stands unasked (4.2.3). */
    private boolean isDisturbance(long nowMs, ConsensusPacket packet) {
        return packet.message() instanceof Vote(Position _, Cause cause)
                && cause == Cause.SILENCE
                && election.isLeaseHeld(nowMs);
    }

    private void onPreVoteGranted(long nowMs, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        boolean isAwaited = own.role() == Role.PRE_CANDIDATE && packet.term() == own.term() + 1;
        if (isAwaited && election.isGranted(packet.from())) {
            election.stand(nowMs, Cause.SILENCE, out);
        }
    }

    private void onCurrent(long nowMs, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        if (packet.term() > own.term()) {
            own.raiseTerm(packet.term());
            following.onNewTerm();
            becomeFollower(nowMs, null, out);
        }
        if (packet.term() < own.term() && !countsThoughOld(packet)) {
            following.answerOld(packet, out);
            return;
        }
        switch (packet.message()) {
            case Vote asked -> election.onVote(nowMs, packet.from(), asked, out);
            case VoteReply(Ballot ballot) -> onVoteReply(nowMs, packet.from(), ballot, out);
            case Append _, Heartbeat _, Chunk _ -> onLeader(nowMs, packet, out);
            case StandNow() -> onStandNow(nowMs, out);
            case Appended _, Mismatch _, HeartbeatReply _, ChunkTaken _ -> onAnswer(nowMs, packet, out);
            case PreVote _, PreVoteReply _ -> {}
        }
    }

    private boolean countsThoughOld(ConsensusPacket packet) {
        return packet.message() instanceof Appended && own.has(ConsensusFlaw.COUNT_OLD_ACKS);
    }

    private void onLeader(long nowMs, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        ReplicaId leader = packet.from();
        Invariants.check(leadership == null, "%s and %s lead in term %d", own.id, leader, own.term());
        election.hearLeader(nowMs);
        own.become(Role.FOLLOWER, leader, out);
        switch (packet.message()) {
            case Append append -> following.onAppend(leader, append, out);
            case Heartbeat heartbeat -> following.onHeartbeat(leader, heartbeat, out);
            case Chunk chunk -> following.onChunk(leader, chunk, out);
            case PreVote _, PreVoteReply _, Vote _, VoteReply _, StandNow _ -> {}
            case Appended _, Mismatch _, HeartbeatReply _, ChunkTaken _ -> {}
        }
    }

    private void onVoteReply(long nowMs, ReplicaId from, Ballot ballot, Consumer<? super ConsensusEffect> out) {
        if (own.role() == Role.CANDIDATE && ballot == Ballot.GRANTED && election.isGranted(from)) {
            becomeLeader(nowMs, out);
        }
    }

    private void onStandNow(long nowMs, Consumer<? super ConsensusEffect> out) {
        if (own.role() == Role.FOLLOWER && own.isVoter()) {
            election.stand(nowMs, Cause.HANDOVER, out);
        }
    }

    private void onAnswer(long nowMs, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        Progress from = leadership == null ? null : leadership.progress(packet.from());
        if (leadership == null || from == null) {
            return;
        }
        from.heardMs = nowMs;
        switch (packet.message()) {
            case Appended(long matchIndex) -> leadership.onAppended(nowMs, from, matchIndex, out);
            case Mismatch mismatch -> leadership.onMismatch(nowMs, from, mismatch, out);
            case HeartbeatReply reply -> leadership.onHeartbeatReply(nowMs, from, reply, out);
            case ChunkTaken taken -> leadership.onChunkTaken(nowMs, from, taken, out);
            case PreVote _, PreVoteReply _, Vote _, VoteReply _, Append _, Heartbeat _, Chunk _, StandNow _ -> {}
        }
    }

    // ---- disk

    private void onStored(long nowMs, long opId, Consumer<? super ConsensusEffect> out) {
        if (own.onStored(opId, out)) {
            applying.restart(own.log.base().index());
        }
        if (own.role() == Role.CANDIDATE && own.outbox.isStored(own.termOp()) && election.isGranted(own.id)) {
            becomeLeader(nowMs, out);
        }
    }

    private void onChunkLoaded(long nowMs, ChunkLoaded loaded, Consumer<? super ConsensusEffect> out) {
        if (leadership != null) {
            leadership.onChunkLoaded(nowMs, loaded, out);
        }
    }

    private void onChunkFailed(long transferId, Consumer<? super ConsensusEffect> out) {
        if (leadership != null) {
            leadership.onChunkFailed(transferId, out);
        }
    }

    // ---- requests

    private void onRequest(long nowMs, Request request, Consumer<? super ConsensusEffect> out) {
        if (leadership == null) {
            out.accept(new Refused(request.requestId(), new Refusal.NotLeader(own.leader())));
        } else {
            leadership.requests.on(nowMs, request, out);
        }
    }

    // ---- roles

    private void becomeFollower(long nowMs, @Nullable ReplicaId leader, Consumer<? super ConsensusEffect> out) {
        Leadership former = leadership;
        leadership = null;
        own.become(Role.FOLLOWER, leader, out);
        if (former != null) {
            election.postpone(nowMs);
            lastTransferId = former.resign(out);
        }
    }

    private void becomeLeader(long nowMs, Consumer<? super ConsensusEffect> out) {
        own.become(Role.LEADER, own.id, out);
        leadership = new Leadership(nowMs, own, lastTransferId);
        leadership.append(nowMs, Entry.Kind.NO_OP, new byte[0], out);
        leadership.beat(out);
    }

    /** What any input may have made possible. */
    private void settle(long nowMs, Consumer<? super ConsensusEffect> out) {
        if (leadership != null) {
            leadership.advance();
            leadership.serveReads(applying.applied(), out);
            leadership.requests.goOnHandingOver(nowMs, out);
            if (!own.isVoter() && own.configurations.latestIndex() <= own.commit()) {
                leadership.beat(out); // the others should know that it is committed
                becomeFollower(nowMs, null, out);
            }
        }
        applying.handOut(out);
    }

    @Override
    public String toString() {
        return own.id + " " + own.role() + " in term " + own.term() + ", log to " + own.log.last() + ", committed "
                + own.commit() + ", applied " + applying.applied();
    }
}
