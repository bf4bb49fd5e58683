package dev.kvorum.core.replication;

import static dev.kvorum.core.replication.OneOfThree.KEY;
import static dev.kvorum.core.replication.OneOfThree.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.replication.ReplicationInput.Received;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.Probe;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationTest {

    private final OneOfThree home = new OneOfThree();

    private static KvObject tombstone(long actor, long sequence) {
        return KvObject.ABSENT.overwriteAll(Sibling.tombstone(new Dot(actor, sequence), 5, new byte[0]));
    }

    // ---- when a home reads before it overwrites

    @Test
    void homeThatTookOverReadsAnotherReplicaBeforeItOverwrites() {
        long put = home.put("value", null);
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
        assertThat(home.sent(WriteReplica.class)).isEmpty();

        KvObject promised = tombstone(9, 4);
        home.answerReads(promised);
        assertThat(home.stored().version().covers(promised.version())).isTrue();
        assertThat(home.replyTo(put)).isNull();
        home.acknowledgeWrites();
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void keyThatItReadOnceIsOverwrittenAtOnce() {
        home.settle();
        home.put("second", null);
        assertThat(home.sent(ReadReplica.class)).isEmpty();
        assertThat(home.sent(WriteReplica.class)).hasSize(2);
    }

    @Test
    void homeThatStoodStillReadsAgainAndOneThatWasShortlyBusyDoesNot() {
        home.settle();
        home.pass(390);
        home.put("second", null);
        assertThat(home.sent(ReadReplica.class)).isEmpty();
        home.acknowledgeWrites();
        home.effects.clear();

        home.pass(400);
        home.put("third", null);
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
        assertThat(home.sent(WriteReplica.class)).isEmpty();
    }

    @Test
    void homeThatStoodStillLeavesItsShardsToSteadyReplicas() {
        home.peers = Pace.STEADY;
        home.run(WarmUp.SHORTEST_MS);
        home.settle();
        home.put("at home", null);
        assertThat(home.sent(WriteReplica.class)).hasSize(2);
        home.effects.clear();

        home.pass(WarmUp.FALL_MS);
        home.put("elsewhere", null);
        assertThat(home.sent(Probe.class).getFirst().message().pace()).isEqualTo(Pace.WARMING_UP);
        assertThat(home.sent(Forward.class))
                .singleElement()
                .satisfies(sent -> assertThat(sent.to()).isEqualTo(id(1)));
        assertThat(home.sent(WriteReplica.class)).isEmpty();
    }

    @Test
    void homeThatOthersHeldForDeadTakesItsShardsBackWhenItHasWarmedUp() {
        home.peers = Pace.STEADY;
        home.run(WarmUp.SHORTEST_MS);
        home.settle();
        home.step(new ReplicationInput.WasAway());
        home.put("elsewhere", null);
        assertThat(home.sent(Forward.class)).hasSize(1);
        home.effects.clear();

        home.run(2 * WarmUp.SHORTEST_MS);
        assertThat(home.sent(Probe.class).getLast().message().pace()).isEqualTo(Pace.STEADY);
        home.put("at home again", null);
        assertThat(home.sent(Forward.class)).isEmpty();
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
    }

    @Test
    void homeAmongColdReplicasStaysTheHomeAfterAPause() {
        home.run(WarmUp.SHORTEST_MS);
        home.pass(WarmUp.FALL_MS);
        home.put("value", null);
        assertThat(home.sent(Forward.class)).isEmpty();
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
    }

    @Test
    void replicaThatIsLiveAgainMayHaveBeenTheHomeMeanwhile() {
        home.settle();
        home.step(new ReplicationInput.LinkClosed(id(2)));
        home.put("second", null);
        assertThat(home.sent(ReadReplica.class)).isEmpty();
        home.acknowledgeWrites();

        home.step(new ReplicationInput.LinkOpened(id(2)));
        home.effects.clear();
        home.put("third", null);
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
    }

    @Test
    void takeOverDuringTheReadReadsAgain() {
        home.put("value", null);
        home.step(new ReplicationInput.WasAway());
        var first = home.sent(ReadReplica.class).getFirst();
        home.answerReads(KvObject.ABSENT);
        assertThat(home.sent(ReadReplica.class)).hasSize(2);
        assertThat(home.sent(WriteReplica.class)).isEmpty();

        KvObject promised = tombstone(9, 4);
        home.effects.removeIf(effect ->
                effect instanceof ReplicationEffect.Send(var to, ReadReplica read) && read.equals(first.message()));
        home.answerReads(promised);
        assertThat(home.sent(WriteReplica.class)).hasSize(2);
        assertThat(home.stored().version().covers(promised.version())).isTrue();
    }

    @Test
    void writeWithAContextReplacesWhatItsClientSawWithoutAnotherLook() {
        home.put("value", Version.EMPTY);
        assertThat(home.sent(ReadReplica.class)).isEmpty();
        assertThat(home.sent(WriteReplica.class)).hasSize(2);
    }

    // ---- before it has met the others

    @Test
    void requestOfTheFirstMomentsWaitsUntilEnoughReplicasAreMet() {
        OneOfThree fresh = OneOfThree.justStarted();
        long put = fresh.put("value", null);
        long get = fresh.get();
        fresh.run(500);
        assertThat(fresh.replyTo(put)).isNull();
        assertThat(fresh.replyTo(get)).isNull();
        assertThat(fresh.sent(ReadReplica.class)).isEmpty();

        fresh.meetPeers();
        assertThat(fresh.sent(ReadReplica.class)).hasSize(2);
        fresh.answerReads(KvObject.ABSENT);
        assertThat(fresh.replyTo(get)).isInstanceOf(ClientReply.Value.class);

        // The second peer that it met may have been the home meanwhile, so the write reads once more.
        fresh.answerReads(KvObject.ABSENT);
        fresh.acknowledgeWrites();
        assertThat(fresh.replyTo(put)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void requestThatWaitedInVainIsNotAppliedAndLaterOnesAreRefusedAtOnce() {
        OneOfThree fresh = OneOfThree.justStarted();
        long early = fresh.put("value", null);
        fresh.run(Admission.PATIENCE_MS);
        assertThat(fresh.replyTo(early))
                .isInstanceOfSatisfying(
                        ClientReply.Failed.class,
                        failed -> assertThat(failed.outcome()).isEqualTo(Outcome.NOT_APPLIED));
        long late = fresh.put("value", null);
        assertThat(fresh.replyTo(late)).isInstanceOf(ClientReply.Failed.class);
    }

    // ---- who is asked

    @Test
    void silentReplicaIsAskedWhenTheOthersDoNotSuffice() {
        home.deaf.add(id(1));
        home.deaf.add(id(2));
        home.run(700);
        home.effects.clear();
        long get = home.get();
        assertThat(home.sent(ReadReplica.class)).hasSize(1);
        home.answerReads(KvObject.ABSENT);
        assertThat(home.replyTo(get)).isInstanceOf(ClientReply.Value.class);
    }

    @Test
    void requestIsRefusedAtOnceWhenNobodyElseCanBeReached() {
        home.step(new ReplicationInput.LinkClosed(id(1)));
        home.step(new ReplicationInput.LinkClosed(id(2)));
        assertThat(outcome(home.put("value", null))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(outcome(home.get())).isEqualTo(Outcome.NOT_APPLIED);
    }

    // ---- what a failure means

    @Test
    void failureBeforeAnythingLeftIsNotAppliedAndOneAfterIsUnknown() {
        long early = home.put("value", null);
        home.run(2_100);
        assertThat(outcome(early)).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(home.stored().isAbsent()).isTrue();

        home.settle();
        long late = home.put("value", Version.EMPTY);
        home.run(2_100);
        assertThat(outcome(late)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void failedLocalReadIsNeverAbsent() {
        home.readsFail = true;
        assertThat(outcome(home.put("value", Version.EMPTY))).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(home.sent(WriteReplica.class)).isEmpty();
    }

    @Test
    void dotsAfterAFailedStoreAreAnotherActors() {
        home.settle();
        Dot before = home.stored().siblings().getFirst().dot();
        home.storesFail = true;
        home.put("lost here", Version.EMPTY);
        home.storesFail = false;
        home.put("kept", home.stored().version());
        assertThat(home.stored().siblings().getFirst().dot().actor()).isNotEqualTo(before.actor());
    }

    // ---- the replica

    @Test
    void writeUnderAnOlderEntryIsRefusedWithTheNewerOne() {
        home.step(new Received(id(1), write(0)));
        Refused refused = home.sent(Refused.class).getFirst().message();
        assertThat(refused.reason()).isEqualTo(Refused.Reason.EPOCH_BEHIND);
        assertThat(refused.newer()).isNotNull();
        assertThat(home.stored().isAbsent()).isTrue();
    }

    @Test
    void writeUnderANewerEntryWaitsForTheRing() {
        home.step(new Received(id(1), write(2)));
        assertThat(home.effects).contains(new ReplicationEffect.RingBehind(id(1), 0, 2));
        assertThat(home.stored().isAbsent()).isTrue();
        assertThat(home.sent(WriteAck.class)).isEmpty();
    }

    @Test
    void whatARefusedStoreStillShowsIsStoredAgainBeforeItIsAcknowledged() {
        home.storesFail = true;
        home.step(new Received(id(1), write(1)));
        assertThat(home.sent(WriteAck.class)).isEmpty();
        home.step(new Received(id(1), write(1)));
        assertThat(home.sent(WriteAck.class)).isEmpty();
        home.storesFail = false;
        home.step(new Received(id(1), write(1)));
        assertThat(home.sent(WriteAck.class)).hasSize(1);
    }

    @Test
    void lookUpThatCrossesAStoreShowsNothingBeforeThatIsDurable() {
        home.readsWait = true;
        home.step(new Received(id(1), new ReadReplica(78, 1, KEY, Detail.OBJECT, 1_000)));
        home.readsWait = false;
        home.storesWait = true;
        home.step(new Received(id(1), write(1)));
        home.finishOne();
        assertThat(home.sent(ReadAnswer.class)).isEmpty();
        home.finishOne();
        assertThat(home.sent(ReadAnswer.class)).hasSize(1);
        assertThat(home.sent(ReadAnswer.class).getFirst().message().object()).isEqualTo(home.stored());
    }

    @Test
    void whatAFencedNodeWasAskedBeforeIsRefused() {
        home.readsWait = true;
        long put = home.put("value", Version.EMPTY);
        home.step(new Received(id(1), new ReadReplica(78, 1, KEY, Detail.OBJECT, 1_000)));
        home.step(new ReplicationInput.StandingChanged(Standing.FENCED));
        home.finishOne();
        home.finishOne();
        assertThat(outcome(put)).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(home.sent(ReadAnswer.class)).isEmpty();
        assertThat(home.sent(Refused.class)).hasSize(1);
        assertThat(home.stored().isAbsent()).isTrue();
    }

    private static WriteReplica write(long epoch) {
        return new WriteReplica(77, epoch, KEY, tombstone(9, 4), Durability.FSYNC, 1_000);
    }

    @Test
    void forwardThatComesTwiceIsCarriedOutOnce() {
        home.settle();
        var forward = new Forward(
                5,
                1234,
                1,
                OneOfThree.request(
                        new Operation.Delete(Condition.NONE), home.stored().version()));
        home.step(new Received(id(1), forward));
        Dot dot = home.stored().siblings().getFirst().dot();
        home.step(new Received(id(1), forward));
        assertThat(home.stored().siblings().getFirst().dot()).isEqualTo(dot);
        home.acknowledgeWrites();
        assertThat(home.sent(Forwarded.class)).hasSize(1);
    }

    @Test
    void secondCopyOfAForwardIsNotRefusedInPlaceOfTheFirst() {
        home.settle();
        var forward = new Forward(
                5,
                1234,
                1,
                OneOfThree.request(
                        new Operation.Delete(Condition.NONE), home.stored().version()));
        home.step(new Received(id(1), forward));
        home.step(new ReplicationInput.StandingChanged(Standing.DRAINING));
        home.step(new Received(id(1), forward));
        assertThat(home.sent(Refused.class))
                .extracting(sent -> sent.message().reason())
                .containsExactly(Refused.Reason.REPEATED);
    }

    @Test
    void nodeThatHasMergedSaysSoOnce() {
        home.step(new ReplicationInput.StandingChanged(Standing.MERGING));
        for (int sources = 0; sources < 2; sources++) {
            var asked = home.sent(PageRequest.class).getLast();
            home.step(new Received(
                    asked.to(), new PageAnswer(asked.message().id(), 0, List.of(), ReplicationMessage.End.LAST)));
        }
        home.step(new ReplicationInput.LinkClosed(id(1)));
        home.step(new ReplicationInput.LinkOpened(id(1)));
        assertThat(home.effects)
                .filteredOn(ReplicationEffect.Merged.class::isInstance)
                .hasSize(1);
        assertThat(home.sent(PageRequest.class)).hasSize(2);
    }

    @Test
    void pageThatCannotBeReadIsRefusedAndNotShownEmpty() {
        home.step(new Received(id(1), new PageRequest(79, 1, 0, null)));
        for (ReplicationEffect effect : List.copyOf(home.effects)) {
            if (effect instanceof ReplicationEffect.Scan scan) {
                home.step(new ReplicationInput.ScanFailed(scan.scanId()));
            }
        }
        assertThat(home.sent(PageAnswer.class)).isEmpty();
        assertThat(home.sent(Refused.class))
                .extracting(sent -> sent.message().reason())
                .containsExactly(Refused.Reason.STORE_FAILED);
    }

    private Outcome outcome(long request) {
        assertThat(home.replyTo(request)).isInstanceOf(ClientReply.Failed.class);
        return ((ClientReply.Failed) java.util.Objects.requireNonNull(home.replyTo(request))).outcome();
    }
}
