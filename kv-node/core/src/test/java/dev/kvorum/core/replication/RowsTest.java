package dev.kvorum.core.replication;

import static dev.kvorum.core.replication.OneOfThree.KEY;
import static dev.kvorum.core.replication.OneOfThree.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.replication.ReplicationInput.Received;
import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.End;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.Refused.Reason;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows of which replicas are incomplete, that stop, and that change while requests are on their way. */
class RowsTest {

    private static final KvObject OBJECT =
            KvObject.ABSENT.overwriteAll(Sibling.tombstone(new Dot(9, 4), 5, new byte[0]));

    private final OneOfThree home = new OneOfThree();

    private Failed failure(long request) {
        assertThat(home.replyTo(request)).isInstanceOf(Failed.class);
        return (Failed) Objects.requireNonNull(home.replyTo(request));
    }

    private List<Reason> refusals() {
        return home.sent(Refused.class).stream()
                .map(refused -> refused.message().reason())
                .toList();
    }

    private <M extends ReplicationMessage> List<NodeId> askedTo(Class<M> kind) {
        return home.sent(kind).stream().map(OneOfThree.Sent::to).toList();
    }

    // ---- incomplete replicas

    @Test
    void incompleteReplicaIsNotAskedForItsVote() {
        home.become(2, Loss.NONE, 1);
        home.get();
        home.run(200);
        assertThat(askedTo(ReadReplica.class)).containsExactly(id(2));
    }

    @Test
    void tooFewCompleteReplicasAreSaidAtOnce() {
        home.become(2, Loss.NONE, 1, 2);
        Failed read = failure(home.get());
        assertThat(read.code()).isEqualTo(ErrorCode.QUORUM_UNAVAILABLE);
        assertThat(read.outcome()).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(failure(home.put("value", null)).outcome()).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(home.sent(WriteReplica.class)).isEmpty();
    }

    @Test
    void incompleteReplicaTakesWritesAndCounts() {
        home.become(2, Loss.NONE, 1);
        long put = home.put("value", Version.EMPTY);
        assertThat(askedTo(WriteReplica.class)).containsExactly(id(1), id(2));
        var asked = home.sent(WriteReplica.class).getFirst();
        home.step(new Received(asked.to(), new WriteAck(asked.message().id(), 2)));
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void homeThatTakesOverReadsCompleteReplicasOnly() {
        home.become(2, Loss.NONE, 2);
        home.put("value", null);
        home.run(200);
        assertThat(askedTo(ReadReplica.class)).containsExactly(id(1));
        assertThat(home.sent(WriteReplica.class)).isEmpty();
    }

    @Test
    void incompleteNodeForwardsWhatItsDoorsTake() {
        home.become(2, Loss.NONE, 0);
        home.put("value", null);
        home.get();
        assertThat(askedTo(Forward.class)).containsExactly(id(1), id(1));
        assertThat(home.sent(WriteReplica.class)).isEmpty();
        assertThat(home.sent(ReadReplica.class)).isEmpty();
    }

    @Test
    void incompleteNodeNeitherVotesNorCoordinatesNorIsMergedFrom() {
        home.become(2, Loss.NONE, 0);
        home.step(new Received(id(1), new ReadReplica(77, 2, KEY, Detail.OBJECT, 1_000)));
        home.step(new Received(id(1), new PageRequest(78, 2, 0, null)));
        home.step(new Received(id(1), new Forward(79, 5, 1, OneOfThree.request(new Operation.Read(), null))));
        assertThat(refusals()).containsExactly(Reason.NOT_COMPLETE, Reason.NOT_COMPLETE, Reason.NOT_COMPLETE);
    }

    @Test
    void incompleteNodeAcknowledgesWhatItStored() {
        home.become(2, Loss.NONE, 0);
        home.step(new Received(id(1), new WriteReplica(77, 2, KEY, OBJECT, Durability.FSYNC, 1_000)));
        assertThat(home.stored()).isEqualTo(OBJECT);
        assertThat(home.sent(WriteAck.class)).hasSize(1);
    }

    @Test
    void nodeThatMergesIsNotDoneWithoutEnoughCompleteReplicas() {
        home.become(2, Loss.NONE, 1);
        home.step(new ReplicationInput.StandingChanged(Standing.MERGING));
        var asked = home.sent(PageRequest.class).getLast();
        home.step(new Received(asked.to(), new PageAnswer(asked.message().id(), 0, List.of(), End.LAST)));
        home.run(2_000);
        assertThat(askedTo(PageRequest.class)).containsOnly(id(2));
        assertThat(home.effects).noneMatch(ReplicationEffect.Merged.class::isInstance);
    }

    @Test
    void voteIsNotCastAnyMoreWhenTheNodeTurnedIncompleteMeanwhile() {
        home.readsWait = true;
        home.step(new Received(id(1), new ReadReplica(77, 1, KEY, Detail.OBJECT, 1_000)));
        home.become(2, Loss.NONE, 0);
        home.finishOne();
        assertThat(refusals()).containsExactly(Reason.NOT_COMPLETE);
    }

    // ---- loss

    @Test
    void shardThatMayHaveLostWritesStopsUntilAPersonAccepts() {
        home.become(2, Loss.POSSIBLE, 1, 2);
        for (long request : List.of(home.get(), home.put("value", null))) {
            assertThat(failure(request).code()).isEqualTo(ErrorCode.POSSIBLE_LOSS);
            assertThat(failure(request).outcome()).isEqualTo(Outcome.NOT_APPLIED);
        }
        home.become(2, Loss.ACCEPTED, 1, 2);
        long put = home.put("value", null);
        home.acknowledgeWrites();
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void afterAnAcceptedLossIncompleteReplicasAloneHoldNothing() {
        home.become(2, Loss.ACCEPTED, 1, 2);
        home.storesWait = true;
        long put = home.put("value", null);
        home.acknowledgeWrites();
        assertThat(home.replyTo(put)).isNull();
        home.finishOne();
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void writeThatHasLeftIsUnknownWhenTheShardStops() {
        long put = home.put("value", Version.EMPTY);
        home.become(2, Loss.POSSIBLE, 1, 2);
        assertThat(failure(put).code()).isEqualTo(ErrorCode.POSSIBLE_LOSS);
        assertThat(failure(put).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void writeOfAHomeThatTurnedIncompleteIsNotAcknowledged() {
        long put = home.put("value", Version.EMPTY);
        home.become(2, Loss.NONE, 0);
        home.acknowledgeWrites();
        assertThat(failure(put).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    // ---- rows that change meanwhile

    @Test
    void acknowledgementOfAFormerRowDoesNotCountUnderTheNextOne() {
        home.storesWait = true;
        long put = home.put("value", Version.EMPTY);
        home.acknowledgeWrites();
        var early = home.sent(WriteReplica.class).getLast();
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);

        long next = home.put("next", Version.EMPTY);
        var asked = home.sent(WriteReplica.class).getLast();
        assertThat(asked.message().id()).isNotEqualTo(early.message().id());
        home.step(new Received(id(1), new WriteAck(asked.message().id(), 1)));
        home.become(2, Loss.NONE, 1);
        home.finishOne();
        home.finishOne();
        home.step(new Received(id(2), new WriteAck(asked.message().id(), 1)));
        assertThat(home.replyTo(next)).isNull();
        home.step(new Received(id(1), new WriteAck(asked.message().id(), 2)));
        assertThat(home.replyTo(next)).isInstanceOf(ClientReply.Written.class);
    }

    @Test
    void readRepairIsNotWaitedForAcrossAChangeOfTheRow() {
        home.storesWait = true;
        long get = home.get();
        home.answerReads(OBJECT);
        home.answerReads(OBJECT);
        assertThat(home.replyTo(get)).isNull();
        home.become(2, Loss.NONE, 2);
        assertThat(home.replyTo(get)).isInstanceOfSatisfying(ClientReply.Value.class, value -> {
            assertThat(value.object()).isEqualTo(OBJECT);
            assertThat(value.achieved().repair()).isEqualTo(Achieved.Repair.PENDING);
        });
    }

    @Test
    void bucketIsKnownFromTheMomentItIsTold() {
        Key other = new Key(1, KEY.bytes());
        var read =
                new ClientRequest(other, new Operation.Read(), new Levels(2, 2, Durability.FSYNC, 1), null, 0, 2_000);
        Failed early = failure(home.ask(read));
        assertThat(early.code()).isEqualTo(ErrorCode.BUCKET_UNKNOWN);
        assertThat(early.outcome()).isEqualTo(Outcome.NOT_APPLIED);

        home.buckets = List.of(OneOfThree.bucket("default", 2), OneOfThree.bucket("more", 2));
        home.become(1, new TreeMap<>());
        long late = home.ask(read);
        home.answerReads(KvObject.ABSENT);
        assertThat(home.replyTo(late)).isInstanceOf(ClientReply.Value.class);
    }

    @Test
    void ringOfAnOlderEpochIsIgnored() {
        home.become(3, new TreeMap<>());
        home.effects.clear();
        home.become(2, Loss.POSSIBLE, 1, 2);
        assertThat(home.settled()).isEmpty();
        home.epoch = 3;
        long get = home.get();
        home.answerReads(KvObject.ABSENT);
        assertThat(home.replyTo(get)).isInstanceOf(ClientReply.Value.class);
    }

    @Test
    void homeReadsAgainOnceWritesMayBeOnFewerReplicas() {
        home.settle();
        home.buckets = List.of(OneOfThree.bucket("default", 1));
        home.become(1, new TreeMap<>());
        home.put("value", null);
        assertThat(askedTo(ReadReplica.class)).containsExactlyInAnyOrder(id(1), id(2));
    }

    // ---- settled

    @Test
    void idleMachineIsSettledAtOnceAtEachRing() {
        home.become(2, Loss.NONE, 1);
        home.become(3, new TreeMap<>());
        assertThat(home.settled()).containsExactly(2L, 3L);
    }

    @Test
    void machineIsSettledWhenTheStoresOfFormerRowsAreDurable() {
        home.storesWait = true;
        home.step(new Received(id(1), new WriteReplica(77, 1, KEY, OBJECT, Durability.FSYNC, 1_000)));
        home.become(2, Loss.NONE, 1);
        home.run(100);
        assertThat(home.settled()).isEmpty();
        home.finishOne();
        home.run(10);
        assertThat(home.settled()).containsExactly(2L);
    }

    @Test
    void machineIsSettledWhenWhatWaitedForItsTurnHasEnded() {
        home.readsWait = true;
        home.step(new Received(id(1), new WriteReplica(77, 1, KEY, OBJECT, Durability.FSYNC, 1_000)));
        home.step(new Received(id(1), new WriteReplica(78, 1, KEY, OBJECT, Durability.FSYNC, 1_000)));
        home.become(2, Loss.NONE, 1);
        home.finishOne();
        home.run(10);
        assertThat(home.settled()).isEmpty();
        home.finishOne();
        home.run(10);
        assertThat(refusals()).containsExactly(Reason.EPOCH_BEHIND, Reason.EPOCH_BEHIND);
        assertThat(home.settled()).containsExactly(2L);
    }

    @Test
    void machineIsSettledWhenItsRequestsHaveEndedAndInOrder() {
        long put = home.put("value", Version.EMPTY);
        home.become(2, Loss.NONE, 1);
        home.become(3, Loss.NONE, 1);
        home.run(100);
        assertThat(home.settled()).isEmpty();
        home.acknowledgeWrites();
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
        home.run(10);
        assertThat(home.settled()).containsExactly(2L, 3L);
    }

    @Test
    void whatBeginsUnderTheNewRowIsNotWaitedFor() {
        long put = home.put("value", Version.EMPTY);
        home.become(2, Loss.NONE, 1);
        home.acknowledgeWrites();
        long later = home.put("later", Version.EMPTY);
        home.run(10);
        assertThat(home.replyTo(put)).isInstanceOf(ClientReply.Written.class);
        assertThat(home.replyTo(later)).isNull();
        assertThat(home.settled()).containsExactly(2L);
    }
}
