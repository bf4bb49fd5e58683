package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.Trace;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Cause;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.Vote;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.wire.WireWriter;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who leads next: randomised timeouts (dissertation 3.4), pre-votes (9.6), votes with the check of logs (3.6.1), and
 * the lease that keeps whoever hears its leader from helping another (4.2.3).
 */
final class Election {

    private final Own own;
    private final RandomGenerator random;
    private final TreeSet<ReplicaId> granted = new TreeSet<>();
    private long deadlineMs;
    private long leaderHeardMs;

    Election(Own own, RandomGenerator random) {
        this.own = own;
        this.random = random;
    }

    /** Waits anew before standing. */
    void postpone(long nowMs) {
        int electionMs = own.config.timing().electionMs();
        deadlineMs = nowMs + electionMs + random.nextInt(electionMs);
    }

    void hearLeader(long nowMs) {
        leaderHeardMs = nowMs;
        postpone(nowMs);
    }

    boolean isDue(long nowMs) {
        return nowMs >= deadlineMs;
    }

    /** Whether a leader was heard so recently that it may lead still. */
    boolean isLeaseHeld(long nowMs) {
        if (own.has(ConsensusFlaw.LEASE_IGNORED)) {
            return false;
        }
        return own.role() == Role.LEADER
                || (own.leader() != null
                        && nowMs - leaderHeardMs < own.config.timing().electionMs());
    }

    // ---- standing

    /** Asks whether an election would be won; tells whether it would without asking anybody. */
    boolean standForPreVote(long nowMs, Consumer<? super ConsensusEffect> out) {
        own.become(Role.PRE_CANDIDATE, null, out);
        out.accept(new Trace(new ConsensusTrace.Stood(Role.PRE_CANDIDATE, own.term() + 1)));
        begin(nowMs);
        for (ReplicaId voter : own.configuration().voters()) {
            if (!voter.equals(own.id)) {
                out.accept(new ConsensusEffect.Send(own.packet(voter, own.term() + 1, new PreVote(own.log.last()))));
            }
        }
        return isGranted(own.id);
    }

    /** Asks for votes in a new term, as soon as that term and its own vote in it are durable. */
    void stand(long nowMs, Cause cause, Consumer<? super ConsensusEffect> out) {
        own.stand();
        own.become(Role.CANDIDATE, null, out);
        out.accept(new Trace(new ConsensusTrace.Stood(Role.CANDIDATE, own.term())));
        begin(nowMs);
        for (ReplicaId voter : own.configuration().voters()) {
            if (!voter.equals(own.id)) {
                own.sendOnce(own.termOp(), voter, new Vote(own.log.last(), cause), out);
            }
        }
    }

    private void begin(long nowMs) {
        granted.clear();
        postpone(nowMs);
    }

    /** Tells whether a majority agrees with this one. */
    boolean isGranted(ReplicaId voter) {
        granted.add(voter);
        return own.configuration().isMajority(granted);
    }

    // ---- voting

    void onPreVote(long nowMs, ConsensusPacket packet, PreVote asked, Consumer<? super ConsensusEffect> out) {
        boolean grant = packet.term() > own.term() && !isLeaseHeld(nowMs) && isUpToDate(asked.last());
        PreVoteReply reply = new PreVoteReply(grant ? Ballot.GRANTED : Ballot.REFUSED);
        long term = grant ? packet.term() : own.term();
        out.accept(new ConsensusEffect.Send(own.packet(packet.from(), term, reply)));
    }

    /** A vote is asked for in this replica's term. */
    void onVote(long nowMs, ReplicaId candidate, Vote asked, Consumer<? super ConsensusEffect> out) {
        boolean grant = own.leader() == null && own.mayVoteFor(candidate) && isUpToDate(asked.last());
        if (grant) {
            own.vote(candidate);
            postpone(nowMs);
        }
        VoteReply reply = new VoteReply(grant ? Ballot.GRANTED : Ballot.REFUSED);
        long after = own.has(ConsensusFlaw.VOTE_BEFORE_STORED) ? 0 : own.termOp();
        own.sendOnce(after, candidate, reply, out);
    }

    private boolean isUpToDate(Position last) {
        return last.compareTo(own.log.last()) >= 0 || own.has(ConsensusFlaw.VOTES_FOR_STALE_LOG);
    }

    void describe(WireWriter out) {
        if (own.role() == Role.PRE_CANDIDATE || own.role() == Role.CANDIDATE) {
            out.putVar(granted.size());
            granted.forEach(voter -> voter.write(out));
        }
    }
}
