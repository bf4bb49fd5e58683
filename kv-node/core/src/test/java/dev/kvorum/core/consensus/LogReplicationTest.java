package dev.kvorum.core.consensus;

import static dev.kvorum.core.consensus.OneReplica.configuration;
import static dev.kvorum.core.consensus.OneReplica.configurationEntry;
import static dev.kvorum.core.consensus.OneReplica.entry;
import static dev.kvorum.core.consensus.OneReplica.id;
import static dev.kvorum.core.consensus.OneReplica.only;
import static dev.kvorum.core.consensus.OneReplica.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.consensus.ConsensusEffect.Accepted;
import dev.kvorum.core.consensus.ConsensusEffect.Apply;
import dev.kvorum.core.consensus.ConsensusEffect.Compact;
import dev.kvorum.core.consensus.ConsensusEffect.LoadChunk;
import dev.kvorum.core.consensus.ConsensusEffect.ReadReady;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.consensus.ConsensusEffect.StoreChunk;
import dev.kvorum.core.consensus.ConsensusEffect.StoreSnapshot;
import dev.kvorum.core.consensus.ConsensusInput.Change;
import dev.kvorum.core.consensus.ConsensusInput.ChunkLoaded;
import dev.kvorum.core.consensus.ConsensusInput.Propose;
import dev.kvorum.core.consensus.ConsensusInput.Read;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Chunk;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogReplicationTest {

    private static final Mark START = Mark.start(configuration(3));

    private static OneReplica follower(Entry... entries) {
        return OneReplica.of(
                new Saved(new HardState(entries[entries.length - 1].term(), null), START, List.of(entries)));
    }

    @Test
    void anEntryIsAcknowledgedOnlyOnceItIsDurable() {
        OneReplica replica = OneReplica.of(3);
        replica.storesWait = true;
        Append append = new Append(Position.START, 0, List.of(entry(1, 1)));
        assertThat(sent(replica.hear(1, 1, append), 1, Appended.class)).isEmpty();
        assertThat(sent(replica.sync(), 1, Appended.class)).containsExactly(new Appended(1));
    }

    @Test
    void whatOneSyncMadeDurableAndCutIsNotAcknowledged() {
        OneReplica replica = OneReplica.of(3);
        replica.storesWait = true;
        replica.hear(1, 1, new Append(Position.START, 0, List.of(entry(1, 1), entry(2, 1))));
        replica.hear(2, 2, new Append(Position.START, 0, List.of(entry(1, 2))));
        List<ConsensusEffect> effects = replica.sync();
        assertThat(sent(effects, 1, Appended.class)).isEmpty();
        assertThat(sent(effects, 2, Appended.class)).containsExactly(new Appended(1));
    }

    @Test
    void aLeaderCountsItselfOnlyOnceItsCopyIsDurable() {
        OneReplica replica = OneReplica.leading(3);
        replica.storesWait = true;
        replica.input(new Propose(1, new byte[1]));
        replica.sync();
        replica.input(new Propose(2, new byte[1]));
        replica.hear(1, new Appended(3));
        assertThat(replica.machine.commitIndex()).isEqualTo(2);
        replica.sync();
        assertThat(replica.machine.commitIndex()).isEqualTo(3);
    }

    @Test
    void whatFollowsAnEntryOfAnotherTermIsReplaced() {
        OneReplica replica = follower(entry(1, 1), entry(2, 1), entry(3, 1));
        replica.hear(1, 2, new Append(new Position(1, 1), 0, List.of(entry(2, 2))));
        assertThat(replica.machine.last()).isEqualTo(new Position(2, 2));
    }

    @Test
    void aLateMessageCutsNothingOff() {
        OneReplica replica = follower(entry(1, 1), entry(2, 1), entry(3, 1));
        var effects = replica.hear(1, 1, new Append(Position.START, 0, List.of(entry(1, 1))));
        assertThat(replica.machine.last()).isEqualTo(new Position(3, 1));
        assertThat(sent(effects, 1, Appended.class)).containsExactly(new Appended(1));
    }

    @Test
    void whereLogsDisagreeAWholeTermIsSkippedAtATime() {
        OneReplica replica = follower(entry(1, 1), entry(2, 1), entry(3, 4), entry(4, 4), entry(5, 4));
        var effects = replica.hear(1, 5, new Append(new Position(5, 3), 0, List.of(entry(6, 5))));
        assertThat(sent(effects, 1, Mismatch.class)).containsExactly(new Mismatch(5, new Position(2, 1)));

        OneReplica leader = OneReplica.of(
                new Saved(new HardState(5, null), START, List.of(entry(1, 1), entry(2, 2), entry(3, 2), entry(4, 5))));
        leader.win();
        var again = leader.hear(1, new Mismatch(4, new Position(3, 1)));
        assertThat(sent(again, 1, Append.class))
                .singleElement()
                .satisfies(append -> assertThat(append.previous()).isEqualTo(new Position(1, 1)));
    }

    @Test
    void anEntryOfAnEarlierTermIsNotCommittedByCounting() {
        OneReplica replica = OneReplica.of(new Saved(new HardState(2, null), START, List.of(entry(1, 1), entry(2, 2))));
        replica.win();
        assertThat(replica.machine.term()).isEqualTo(3);
        replica.hear(1, new Appended(2));
        assertThat(replica.machine.commitIndex()).isZero();
        replica.hear(1, new Appended(3));
        assertThat(replica.machine.commitIndex()).isEqualTo(3);
    }

    @Test
    void committedEntriesAreHandedOutInOrderWithTheConfigurationThere() {
        OneReplica replica = OneReplica.of(3);
        var effects = replica.hear(1, 1, new Append(Position.START, 2, List.of(entry(1, 1), entry(2, 1), entry(3, 1))));
        assertThat(only(effects, Apply.class)).singleElement().satisfies(apply -> {
            assertThat(apply.entries()).containsExactly(entry(1, 1), entry(2, 1));
            assertThat(apply.mark()).isEqualTo(new Mark(new Position(2, 1), configuration(3)));
        });
    }

    @Test
    void nothingIsHandedOutBeforeTheOwnCopyIsDurable() {
        OneReplica replica = OneReplica.of(3);
        replica.storesWait = true;
        var effects = replica.hear(1, 1, new Append(Position.START, 1, List.of(entry(1, 1))));
        assertThat(only(effects, Apply.class)).isEmpty();
        assertThat(only(replica.sync(), Apply.class)).hasSize(1);
    }

    @Test
    void aDamagedEntryIsNotTaken() {
        OneReplica replica = OneReplica.of(3);
        Entry whole = entry(1, 1);
        Entry damaged = new Entry(1, 1, whole.kind(), new byte[] {1}, whole.checksum());
        replica.hear(1, 1, new Append(Position.START, 1, List.of(damaged)));
        assertThat(replica.machine.last()).isEqualTo(Position.START);
    }

    @Test
    void proposalsAreRefusedWithAHintOrWhenTooManyWait() {
        OneReplica follower = OneReplica.of(3);
        follower.hear(2, 1, new Heartbeat(0, 0));
        assertThat(only(follower.input(new Propose(8, new byte[1])), Refused.class))
                .containsExactly(new Refused(8, new Refusal.NotLeader(id(2))));

        OneReplica leader = OneReplica.leading(3);
        int most = ConsensusConfig.standard().flow().uncommittedEntries();
        for (int i = 0; i < most; i++) {
            assertThat(only(leader.input(new Propose(i, new byte[1])), Accepted.class))
                    .hasSize(1);
        }
        assertThat(only(leader.input(new Propose(9, new byte[1])), Refused.class))
                .containsExactly(new Refused(9, new Refusal.Busy("uncommitted entries")));
        assertThat(only(leader.input(new Propose(9, new byte[2 << 20])), Refused.class))
                .containsExactly(new Refused(9, new Refusal.TooLarge(2 << 20, 1 << 20)));
    }

    @Test
    void onlySoManyMessagesAreOnTheirWayToOneReplica() {
        OneReplica leader = OneReplica.leading(3);
        int inFlight = ConsensusConfig.standard().flow().inFlight();
        List<ConsensusEffect> effects = new ArrayList<>();
        for (int i = 0; i < 2 * inFlight; i++) {
            effects.addAll(leader.input(new Propose(i, new byte[1])));
        }
        assertThat(sent(effects, 1, Append.class)).hasSize(inFlight);
        var more = leader.hear(1, new Appended(1 + inFlight));
        assertThat(sent(more, 1, Append.class))
                .singleElement()
                .satisfies(append -> assertThat(append.entries()).hasSize(inFlight));
    }

    @Test
    void whatGotLostIsSentAgainToWhoIsHeard() {
        OneReplica leader = OneReplica.leading(3);
        leader.input(new Propose(1, new byte[1]));
        leader.hear(1, new HeartbeatReply(0, 0));
        var effects = leader.pass(ConsensusConfig.standard().timing().resendMs());
        assertThat(sent(effects, 1, Append.class))
                .singleElement()
                .satisfies(append -> assertThat(append.previous()).isEqualTo(new Position(1, 1)));
    }

    // ---- reads

    @Test
    void aReadWaitsForTheNoOpOfTheTerm() {
        OneReplica leader = OneReplica.of(3);
        leader.win();
        assertThat(sent(leader.input(new Read(1)), 1, Heartbeat.class)).isEmpty();
        var effects = leader.hear(1, new Appended(1));
        assertThat(sent(effects, 1, Heartbeat.class)).containsExactly(new Heartbeat(1, 1));
        assertThat(only(leader.hear(1, new HeartbeatReply(0, 0)), ReadReady.class))
                .isEmpty();
        assertThat(only(leader.hear(1, new HeartbeatReply(1, 0)), ReadReady.class))
                .containsExactly(new ReadReady(1));
    }

    @Test
    void oneRoundConfirmsAllReadsThatCameBeforeIt() {
        OneReplica leader = OneReplica.leading(3);
        leader.input(new Read(1));
        leader.input(new Read(2));
        leader.input(new Read(3));
        var first = leader.hear(1, new HeartbeatReply(1, 0));
        assertThat(only(first, ReadReady.class)).containsExactly(new ReadReady(1));
        assertThat(sent(first, 1, Heartbeat.class)).containsExactly(new Heartbeat(2, 1));
        assertThat(only(leader.hear(2, new HeartbeatReply(2, 0)), ReadReady.class))
                .containsExactly(new ReadReady(2), new ReadReady(3));
    }

    @Test
    void aReadWaitsUntilTheStateHasReachedItsIndex() {
        OneReplica leader = OneReplica.leading(3);
        leader.appliesWait = true;
        leader.input(new Propose(1, new byte[1]));
        leader.hear(1, new Appended(2));
        leader.input(new Read(2));
        assertThat(only(leader.hear(1, new HeartbeatReply(1, 0)), ReadReady.class))
                .isEmpty();
        assertThat(only(leader.input(new ConsensusInput.Applied(2)), ReadReady.class))
                .hasSize(1);
    }

    @Test
    void whoLeadsNoMoreRefusesTheReadsThatWait() {
        OneReplica leader = OneReplica.leading(3);
        leader.input(new Read(1));
        assertThat(only(leader.hear(2, 9, new HeartbeatReply(0, 0)), Refused.class))
                .containsExactly(new Refused(1, new Refusal.NotLeader(null)));
    }

    // ---- configurations

    @Test
    void aChangeIsInForceAsSoonAsItIsInTheLogAndGoneWhenItIsCutOff() {
        Configuration four = configuration(4);
        OneReplica replica = OneReplica.of(3);
        replica.hear(1, 1, new Append(Position.START, 0, List.of(configurationEntry(1, 1, four))));
        assertThat(replica.machine.configuration()).isEqualTo(four);
        replica.hear(2, 2, new Append(Position.START, 0, List.of(entry(1, 2))));
        assertThat(replica.machine.configuration()).isEqualTo(configuration(3));
    }

    @Test
    void oneChangeAtATimeAndNoneBeforeAnEntryOfTheOwnTermIsCommitted() {
        OneReplica leader = OneReplica.of(3);
        leader.win();
        Change add = new Change(1, new ConfigurationChange.AddLearner(id(7)));
        assertThat(refusal(leader.input(add))).isInstanceOf(Refusal.ChangeNotYet.class);
        leader.hear(1, new Appended(1));
        assertThat(refusal(leader.input(add))).isNull();
        assertThat(refusal(leader.input(new Change(2, new ConfigurationChange.Remove(id(2))))))
                .isInstanceOf(Refusal.ChangeNotYet.class);
        leader.hear(1, new Appended(2));
        assertThat(refusal(leader.input(new Change(3, new ConfigurationChange.Promote(id(7))))))
                .as("it holds nothing yet")
                .isInstanceOf(Refusal.ChangeNotYet.class);
        leader.hear(7, new Appended(2));
        assertThat(refusal(leader.input(new Change(4, new ConfigurationChange.Promote(id(7))))))
                .isNull();
        assertThat(leader.machine.configuration())
                .isEqualTo(Configuration.ofVoters(List.of(id(0), id(1), id(2), id(7))));
    }

    @Test
    void noChangeIsBegunThatThoseWhoAnswerCouldNotCommit() {
        OneReplica leader = OneReplica.leading(5);
        Change live = new Change(1, new ConfigurationChange.Remove(id(1)));
        assertThat(refusal(leader.input(live)))
                .as("of the replicas 0, 2, 3 and 4 two answer")
                .isInstanceOf(Refusal.ChangeNotYet.class);
        leader.hear(3, new Appended(1));
        leader.pass(OneReplica.ELECTION_MS / 2);
        leader.hear(1, new HeartbeatReply(0, 0));
        leader.hear(2, new HeartbeatReply(0, 0));
        leader.pass(OneReplica.ELECTION_MS / 2);
        assertThat(refusal(leader.input(live)))
                .as("replica 3 is silent again")
                .isInstanceOf(Refusal.ChangeNotYet.class);
        assertThat(refusal(leader.input(new Change(2, new ConfigurationChange.Remove(id(3))))))
                .as("whoever is silent may go")
                .isNull();
    }

    @Test
    void senselessChangesAreRefusedWithTheReason() {
        OneReplica leader = OneReplica.leading(3);
        assertThat(refusal(leader.input(new Change(1, new ConfigurationChange.Promote(id(9))))))
                .isInstanceOf(Refusal.Senseless.class)
                .asString()
                .contains("is no learner");
    }

    @Test
    void aLeaderThatLeavesIsNotCountedAndStepsDownOnceThatIsCommitted() {
        OneReplica leader = OneReplica.leading(3);
        leader.hear(2, new Appended(1));
        leader.input(new Change(1, new ConfigurationChange.Remove(id(0))));
        leader.hear(1, new Appended(2));
        assertThat(leader.machine.role()).isEqualTo(Role.LEADER);
        leader.hear(2, new Appended(2));
        assertThat(leader.machine.commitIndex()).isEqualTo(2);
        assertThat(leader.machine.role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aLearnerIsNoPartOfAMajority() {
        TreeSet<ReplicaId> learner = new TreeSet<>(List.of(id(7)));
        Configuration mixed = new Configuration(configuration(3).voters(), learner);
        OneReplica leader = OneReplica.of(Saved.nothing(mixed));
        leader.win();
        leader.hear(7, new Appended(1));
        assertThat(leader.machine.commitIndex()).isZero();
        leader.hear(2, new Appended(1));
        assertThat(leader.machine.commitIndex()).isEqualTo(1);
    }

    private static @Nullable Refusal refusal(List<ConsensusEffect> effects) {
        return only(effects, Refused.class).stream()
                .map(Refused::refusal)
                .findFirst()
                .orElse(null);
    }

    // ---- snapshots

    private static OneReplica compacted() {
        Mark mark = new Mark(new Position(100, 1), configuration(3));
        OneReplica leader = OneReplica.of(new Saved(new HardState(1, null), mark, List.of()));
        leader.win();
        return leader;
    }

    @Test
    void whoIsBehindTheLogIsSentTheStatePieceByPiece() {
        OneReplica leader = compacted();
        var begun = leader.hear(1, new Mismatch(100, Position.START));
        LoadChunk first = only(begun, LoadChunk.class).getFirst();
        assertThat(first.offset()).isZero();
        Mark mark = new Mark(new Position(100, 1), configuration(3));
        var sent = leader.input(new ChunkLoaded(first.transferId(), mark, 0, 5, new byte[3]));
        assertThat(sent(sent, 1, Chunk.class)).containsExactly(new Chunk(mark, 0, 5, new byte[3]));
        var next = leader.hear(1, new ChunkTaken(100, 3));
        assertThat(only(next, LoadChunk.class))
                .singleElement()
                .satisfies(load -> assertThat(load.offset()).isEqualTo(3));
        var done = leader.hear(1, new Appended(100));
        assertThat(only(done, ConsensusEffect.CloseTransfer.class)).hasSize(1);
        assertThat(sent(done, 1, Append.class)).hasSize(1);
    }

    @Test
    void aStateReplacesTheLogAtOnceWithItsConfigurationAndIsAcknowledgedWhenDurable() {
        OneReplica replica = follower(entry(1, 1), entry(2, 1));
        replica.storesWait = true;
        Mark mark = new Mark(new Position(9, 2), configuration(5));
        assertThat(sent(replica.hear(1, 2, new Chunk(mark, 0, 4, new byte[2])), 1, ChunkTaken.class))
                .containsExactly(new ChunkTaken(9, 2));
        assertThat(sent(replica.hear(1, 2, new Chunk(mark, 3, 4, new byte[1])), 1, ChunkTaken.class))
                .as("a gap is not taken")
                .containsExactly(new ChunkTaken(9, 2));
        var last = replica.hear(1, 2, new Chunk(mark, 2, 4, new byte[2]));
        assertThat(only(last, StoreChunk.class)).hasSize(1);
        assertThat(only(last, StoreSnapshot.class))
                .singleElement()
                .satisfies(store -> assertThat(store.mark()).isEqualTo(mark));
        assertThat(sent(last, 1, Appended.class)).isEmpty();
        assertThat(sent(replica.sync(), 1, Appended.class)).containsExactly(new Appended(9));
        assertThat(replica.machine.appliedIndex()).isEqualTo(9);
        assertThat(replica.machine.configuration()).isEqualTo(configuration(5));
        var next = replica.hear(1, 2, new Append(new Position(9, 2), 10, List.of(entry(10, 2))));
        assertThat(next).isNotEmpty();
        assertThat(only(replica.sync(), Apply.class)).hasSize(1);
    }

    @Test
    void theLogIsShortenedBehindTheAppliedState() {
        var compaction = ConsensusConfig.standard().compaction();
        OneReplica replica = OneReplica.of(3);
        long index = 0;
        List<Compact> compacts = new ArrayList<>();
        while (compacts.isEmpty() && index < 2L * compaction.compactEntries()) {
            Position previous = index == 0 ? Position.START : new Position(index, 1);
            index++;
            compacts.addAll(only(
                    replica.hear(1, 1, new Append(previous, index, List.of(entry(index, 1)))), Compact.class));
        }
        assertThat(compacts).containsExactly(new Compact(compaction.compactEntries() - compaction.keepEntries()));
    }
}
