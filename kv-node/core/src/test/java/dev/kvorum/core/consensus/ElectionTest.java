package dev.kvorum.core.consensus;

import static dev.kvorum.core.consensus.OneReplica.ELECTION_MS;
import static dev.kvorum.core.consensus.OneReplica.configuration;
import static dev.kvorum.core.consensus.OneReplica.configurationEntry;
import static dev.kvorum.core.consensus.OneReplica.entry;
import static dev.kvorum.core.consensus.OneReplica.id;
import static dev.kvorum.core.consensus.OneReplica.only;
import static dev.kvorum.core.consensus.OneReplica.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.consensus.ConsensusEffect.LogLost;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.consensus.ConsensusEffect.Store;
import dev.kvorum.core.consensus.ConsensusInput.HandOver;
import dev.kvorum.core.consensus.ConsensusInput.Propose;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Cause;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.StandNow;
import dev.kvorum.core.consensus.ConsensusMessage.Vote;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElectionTest {

    private static final Vote STANDS = new Vote(new Position(5, 5), Cause.SILENCE);

    @Test
    void silenceIsFollowedByAPreVoteThatChangesNothing() {
        OneReplica replica = OneReplica.of(3);
        List<ConsensusEffect> effects = replica.pass(2 * ELECTION_MS);
        assertThat(sent(effects, 1, PreVote.class)).contains(new PreVote(Position.START));
        assertThat(only(effects, Store.class)).isEmpty();
        assertThat(replica.machine.term()).isZero();
    }

    @Test
    void votesAreAskedForOnlyOnceTheOwnOneIsDurable() {
        OneReplica replica = OneReplica.of(3);
        replica.pass(2 * ELECTION_MS);
        replica.storesWait = true;
        assertThat(sent(replica.hear(1, 1, new PreVoteReply(Ballot.GRANTED)), 2, Vote.class))
                .isEmpty();
        assertThat(replica.machine.role()).isEqualTo(Role.CANDIDATE);
        assertThat(sent(replica.sync(), 2, Vote.class)).hasSize(1);
    }

    @Test
    void ownVoteCountsOnlyOnceItIsDurable() {
        OneReplica replica = OneReplica.of(3);
        replica.pass(2 * ELECTION_MS);
        replica.storesWait = true;
        replica.hear(1, 1, new PreVoteReply(Ballot.GRANTED));
        replica.hear(1, new VoteReply(Ballot.GRANTED));
        assertThat(replica.machine.role()).isEqualTo(Role.CANDIDATE);
        replica.sync();
        assertThat(replica.machine.role()).isEqualTo(Role.LEADER);
    }

    @Test
    void oneVoterLeadsWithoutAskingAnybody() {
        OneReplica replica = OneReplica.of(1);
        replica.pass(2 * ELECTION_MS);
        assertThat(replica.machine.role()).isEqualTo(Role.LEADER);
        assertThat(replica.machine.commitIndex()).isEqualTo(1);
    }

    @Test
    void whoIsNoVoterNeverStands() {
        OneReplica replica = OneReplica.of(Saved.nothing(Configuration.NONE));
        assertThat(replica.pass(10 * ELECTION_MS)).isEmpty();
    }

    @Test
    void whoIsRemovedByAnEntryThatMayNotBeCommittedStillStands() {
        Configuration two = configuration(2);
        Configuration other = Configuration.ofVoters(List.of(id(1)));
        Saved saved = new Saved(
                new HardState(1, null), Mark.start(two), List.of(entry(1, 1), configurationEntry(2, 1, other)));
        OneReplica removed = OneReplica.of(saved);
        assertThat(sent(removed.pass(2 * ELECTION_MS), 1, PreVote.class)).isNotEmpty();
        removed.hear(1, 2, new PreVoteReply(Ballot.GRANTED));
        removed.hear(1, new VoteReply(Ballot.GRANTED));
        assertThat(removed.machine.role()).isEqualTo(Role.LEADER);
        removed.hear(1, new Appended(3));
        assertThat(removed.machine.role()).isEqualTo(Role.FOLLOWER);
        assertThat(removed.pass(5 * ELECTION_MS)).isEmpty();
    }

    @Test
    void aVoteLeavesOnlyOnceItIsDurable() {
        OneReplica replica = OneReplica.of(3);
        replica.storesWait = true;
        assertThat(sent(replica.hear(1, 7, STANDS), 1, VoteReply.class)).isEmpty();
        assertThat(sent(replica.sync(), 1, VoteReply.class)).containsExactly(new VoteReply(Ballot.GRANTED));
    }

    @Test
    void oneVotePerTermAlsoAfterARestart() {
        OneReplica replica = OneReplica.of(3);
        List<ConsensusEffect> effects = replica.hear(1, 7, STANDS);
        HardState stored = only(effects, Store.class).getLast().hardState();
        assertThat(stored).isEqualTo(new HardState(7, id(1)));
        assertThat(sent(replica.hear(2, 7, STANDS), 2, VoteReply.class)).containsExactly(new VoteReply(Ballot.REFUSED));

        OneReplica again = OneReplica.of(new Saved(stored, Mark.start(configuration(3)), List.of()));
        assertThat(sent(again.hear(2, 7, STANDS), 2, VoteReply.class)).containsExactly(new VoteReply(Ballot.REFUSED));
        assertThat(sent(again.hear(1, 7, STANDS), 1, VoteReply.class)).containsExactly(new VoteReply(Ballot.GRANTED));
    }

    @Test
    void aLogThatIsBehindGetsNoVote() {
        Mark start = Mark.start(configuration(3));
        OneReplica replica = OneReplica.of(new Saved(new HardState(2, null), start, List.of(entry(1, 1), entry(2, 2))));
        assertThat(sent(replica.hear(1, 3, new Vote(new Position(9, 1), Cause.SILENCE)), 1, VoteReply.class))
                .containsExactly(new VoteReply(Ballot.REFUSED));
        assertThat(sent(replica.hear(1, 4, new Vote(new Position(1, 2), Cause.SILENCE)), 1, VoteReply.class))
                .containsExactly(new VoteReply(Ballot.REFUSED));
        assertThat(sent(replica.hear(1, 5, new Vote(new Position(2, 2), Cause.SILENCE)), 1, VoteReply.class))
                .containsExactly(new VoteReply(Ballot.GRANTED));
    }

    @Test
    void whoHearsItsLeaderHelpsNobodyElse() {
        OneReplica replica = OneReplica.of(3);
        replica.hear(1, 1, new Heartbeat(0, 0));
        PreVoteReply refused = new PreVoteReply(Ballot.REFUSED);
        assertThat(sent(replica.hear(2, 2, new PreVote(new Position(5, 5))), 2, PreVoteReply.class))
                .containsExactly(refused);
        assertThat(replica.hear(2, 2, STANDS)).isEmpty();
        assertThat(replica.machine.term()).isEqualTo(1);

        replica.pass(ELECTION_MS);
        assertThat(sent(replica.hear(2, 2, new PreVote(new Position(5, 5))), 2, PreVoteReply.class))
                .containsExactly(new PreVoteReply(Ballot.GRANTED));
    }

    @Test
    void whomTheLeaderAskedToStandIsHelpedAtOnce() {
        OneReplica replica = OneReplica.of(3);
        replica.hear(1, 1, new Heartbeat(0, 0));
        Vote handedOver = new Vote(new Position(5, 5), Cause.HANDOVER);
        assertThat(sent(replica.hear(2, 2, handedOver), 2, VoteReply.class))
                .containsExactly(new VoteReply(Ballot.GRANTED));
    }

    @Test
    void aLeaderThatHearsNoMajorityStepsDown() {
        OneReplica replica = OneReplica.leading(3);
        replica.pass(ELECTION_MS - Consensus.TICK_MS);
        assertThat(replica.machine.role()).isEqualTo(Role.LEADER);
        replica.hear(2, new HeartbeatReply(0, 0));
        replica.pass(ELECTION_MS - Consensus.TICK_MS);
        assertThat(replica.machine.role()).isEqualTo(Role.LEADER);
        replica.pass(Consensus.TICK_MS);
        assertThat(replica.machine.role()).isEqualTo(Role.FOLLOWER);
        assertThat(replica.machine.leader()).isNull();
    }

    @Test
    void aLeaderOfAnEarlierTermHearsOfTheLaterOne() {
        OneReplica replica = OneReplica.of(3);
        replica.hear(1, 7, STANDS);
        var effects = replica.hear(2, 3, new Append(Position.START, 0, List.of(entry(1, 3))));
        assertThat(sent(effects, 2, HeartbeatReply.class)).hasSize(1);
        assertThat(replica.machine.last()).isEqualTo(Position.START);

        OneReplica leader = OneReplica.leading(3);
        leader.hear(1, 7, new HeartbeatReply(0, 0));
        assertThat(leader.machine.role()).isEqualTo(Role.FOLLOWER);
        assertThat(leader.machine.term()).isEqualTo(7);
    }

    @Test
    void theLeadIsHandedToWhoHasTheWholeLogAndNothingIsProposedMeanwhile() {
        OneReplica replica = OneReplica.leading(3);
        assertThat(sent(replica.input(new HandOver(1, id(2))), 2, StandNow.class))
                .isEmpty();
        assertThat(only(replica.input(new Propose(2, new byte[1])), Refused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Busy.class));
        assertThat(sent(replica.hear(2, new Appended(1)), 2, StandNow.class)).hasSize(1);
        replica.pass(ELECTION_MS / 2);
        replica.hear(1, new HeartbeatReply(0, 0));
        replica.pass(ELECTION_MS / 2 + 50);
        assertThat(only(replica.input(new Propose(3, new byte[1])), Refused.class))
                .as("it did not take over in time, so this leader goes on")
                .isEmpty();
    }

    @Test
    void whoIsAskedToStandDoesSoWithoutAPreVote() {
        OneReplica replica = OneReplica.of(3);
        replica.hear(1, 1, new Heartbeat(0, 0));
        var effects = replica.hear(1, 1, new StandNow());
        assertThat(sent(effects, 2, Vote.class)).containsExactly(new Vote(Position.START, Cause.HANDOVER));
        assertThat(replica.machine.term()).isEqualTo(2);
    }

    @Test
    void whoLostWhatWasSyncedNeverSpeaksAgain() {
        OneReplica replica = new OneReplica(
                Saved.nothing(configuration(3)), new Damage.SyncedLost("entry 7"), ConsensusConfig.standard());
        assertThat(replica.machine.role()).isEqualTo(Role.LOST);
        assertThat(replica.pass(3 * ELECTION_MS)).isEmpty();
        assertThat(replica.hear(1, 7, STANDS)).isEmpty();
        assertThat(replica.hear(1, 7, new Append(Position.START, 0, List.of(entry(1, 7)))))
                .isEmpty();
        assertThat(only(replica.input(new Propose(1, new byte[1])), Refused.class))
                .containsExactly(new Refused(1, new Refusal.Lost()));
    }

    @Test
    void aLogThatContradictsItselfIsLost() {
        Mark start = Mark.start(configuration(3));
        Mark applied = new Mark(new Position(2, 1), configuration(3));
        assertThat(loss(start, entry(1, 1), entry(3, 1))).contains("entry 2 is missing");
        assertThat(loss(start, entry(2, 1))).contains("the log begins at 2");
        assertThat(loss(applied, entry(1, 1))).contains("the log ends at 1, the state at 2");
        assertThat(loss(applied, entry(1, 1), entry(2, 2))).contains("is not the one applied");
        Entry whole = entry(1, 1);
        Entry damaged = new Entry(1, 1, whole.kind(), new byte[] {9, 9}, whole.checksum());
        assertThat(loss(start, damaged)).contains("entry 1 is damaged");
        assertThat(loss(applied, entry(1, 1), entry(2, 1), entry(3, 1))).isEmpty();
        assertThat(loss(applied)).isEmpty();
    }

    private static String loss(Mark applied, Entry... entries) {
        Consensus machine = new Consensus(1, id(0), ConsensusConfig.standard(), new SplittableRandom(1));
        StringBuilder loss = new StringBuilder();
        Saved saved = new Saved(new HardState(5, null), applied, List.of(entries));
        machine.step(0, new ConsensusInput.Recovered(saved, new Damage.None()), effect -> {
            if (effect instanceof LogLost(String what)) {
                loss.append(what);
            }
        });
        return loss.toString();
    }
}
