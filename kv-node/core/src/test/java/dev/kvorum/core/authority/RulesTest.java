package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.start;
import static dev.kvorum.core.authority.Cluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer.Done;
import dev.kvorum.core.authority.Answer.LossAccepted;
import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Answer.Registered;
import dev.kvorum.core.authority.Answer.SessionOpened;
import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.Command.Found;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.Command.RaiseFeatureLevel;
import dev.kvorum.core.authority.Command.Recover;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.authority.Command.Retire;
import dev.kvorum.core.authority.Command.SetSetting;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private final Cluster cluster = Cluster.running(3);

    @Test
    void theFoundedRingIsThatOfTheDocument() {
        assertThat(cluster.state.ring()).isEqualTo(Ring.of(Cluster.document(3)));
        assertThat(cluster.apply(new Found(Cluster.document(3)))).isEqualTo(new Done(1));
        assertThat(cluster.refusal(new Found(Cluster.document(4)))).isEqualTo(RefusalCode.CLUSTER_CONFLICT);
    }

    @Test
    void nothingIsDecidedBeforeTheClusterIsFounded() {
        Cluster empty = new Cluster(3, new TreeSet<>());
        assertThat(empty.refusal(new OpenSession("a"))).isEqualTo(RefusalCode.NOT_FOUNDED);
        assertThat(empty.refusal(new Register(start(0, 1, 1)))).isEqualTo(RefusalCode.NOT_FOUNDED);
    }

    // ---- starts

    @Test
    void aRegistrationRepeatedByTheSameProcessGetsTheSameAnswer() {
        Answer first = cluster.apply(new Register(start(0, 100, 2)));
        assertThat(first).isEqualTo(new Registered(id(0), volume(100), NodeState.ACTIVE, 1));
        assertThat(cluster.apply(new Register(start(0, 100, 2)))).isEqualTo(first);
    }

    @Test
    void aStartNotAboveEveryRegisteredOneIsAnOldCopy() {
        cluster.apply(new Register(start(0, 100, 5)));
        assertThat(cluster.refusal(new Register(start(0, 100, 4)))).isEqualTo(RefusalCode.OLD_COPY);
        assertThat(cluster.apply(new Register(start(0, 100, 6)))).isInstanceOf(Registered.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void aStartThatHasSyncedLessIsAnOldCopyHoweverOftenItStarted(long boot) {
        cluster.apply(new Register(start(0, 100, 5)));
        Start less = start(0, 100, boot);
        Start older =
                new Start(Cluster.ID, 1, less.node(), new VolumeStart(volume(100), boot, 1, 49), less.featureLevel());
        assertThat(cluster.refusal(new Register(older))).isEqualTo(RefusalCode.OLD_COPY);
    }

    @Test
    void twoProcessesThatCountTheSameStartAreToldApart() {
        cluster.apply(new Register(start(0, 100, 5, 1)));
        assertThat(cluster.refusal(new Register(start(0, 100, 5, 2)))).isEqualTo(RefusalCode.IDENTITY_TAKEN);
    }

    @Test
    void anotherVolumeUnderALivingNodesIdIsStolen() {
        AuthorityState before = cluster.state;
        assertThat(cluster.refusal(new Register(start(0, 900, 9)))).isEqualTo(RefusalCode.IDENTITY_TAKEN);
        assertThat(cluster.refusal(new NewVolume(start(0, 900, 1), new Proof.None())))
                .isEqualTo(RefusalCode.IDENTITY_TAKEN);
        assertThat(cluster.refusal(new NewVolume(start(0, 900, 1), new Proof.Counter(volume(100), 1))))
                .as("the count of starts is known to whoever reads the registration")
                .isEqualTo(RefusalCode.IDENTITY_TAKEN);
        assertThat(cluster.state).isEqualTo(before);
    }

    @Test
    void aNodeOfAnotherClusterOrGenerationIsRefused() {
        Start own = start(0, 100, 2);
        Start foreign = new Start("c-2", 1, own.node(), own.volume(), 1);
        Start fenced = new Start(Cluster.ID, 2, own.node(), own.volume(), 1);
        assertThat(cluster.refusal(new Register(foreign))).isEqualTo(RefusalCode.FOREIGN_CLUSTER);
        assertThat(cluster.refusal(new NewVolume(foreign, new Proof.None()))).isEqualTo(RefusalCode.FOREIGN_CLUSTER);
        assertThat(cluster.refusal(new Register(fenced))).isEqualTo(RefusalCode.FOREIGN_GENERATION);
    }

    @Test
    void aNodeThatMovedChangesTheRingWithoutChangingAnyEntry() {
        Start here = start(0, 100, 2);
        Start there = new Start(
                Cluster.ID,
                1,
                new RingNode(id(0), "n-0", "zone-a", 7, "elsewhere", here.node().ports()),
                here.volume(),
                1);
        assertThat(cluster.apply(new Register(there)))
                .isEqualTo(new Registered(id(0), volume(100), NodeState.ACTIVE, 2));
        assertThat(cluster.state.shards()).allMatch(shard -> shard.epoch() == 1 && shard.isSettled());
        assertThat(cluster.placeOf(0).host()).isEqualTo("elsewhere");
        assertThat(cluster.placeOf(0).weight()).as("weights are the operator's").isEqualTo(1);
    }

    @Test
    void aNewNodeJoinsWithoutShardsUnlessItsNameIsTaken() {
        Start fresh = start(7, 107, 1);
        assertThat(cluster.apply(new Register(fresh)))
                .isEqualTo(new Registered(id(7), volume(107), NodeState.ACTIVE, 2));
        Start namesake = start(8, 108, 1);
        Start wrong = new Start(
                Cluster.ID,
                1,
                new RingNode(id(8), "n-7", "zone-a", 1, "h", namesake.node().ports()),
                namesake.volume(),
                1);
        assertThat(cluster.refusal(new Register(wrong))).isEqualTo(RefusalCode.NAME_TAKEN);
        assertThat(cluster.refusal(new Register(start(9, 107, 3)))).isEqualTo(RefusalCode.VOLUME_TAKEN);
    }

    // ---- new volumes and barriers

    @Test
    void aDamagedVolumeIsReplacedByTheProofOfItsOwnCounter() {
        Answer answer = cluster.apply(new NewVolume(start(0, 200, 1), new Proof.Counter(volume(100), 2)));
        assertThat(answer).isEqualTo(new Registered(id(0), volume(200), NodeState.PENDING, 2));
        assertThat(cluster.state.shards()).allSatisfy(shard -> {
            assertThat(shard.epoch()).isEqualTo(2);
            assertThat(shard.incomplete()).containsExactly(id(0));
            assertThat(shard.awaited()).containsExactly(id(0), id(1), id(2));
            assertThat(shard.loss()).isEqualTo(Loss.NONE);
        });
        assertThat(cluster.state.voters()).containsExactly(id(1), id(2));
        assertThat(cluster.refusal(new Register(start(0, 100, 3)))).isEqualTo(RefusalCode.VOLUME_LOST);
    }

    @Test
    void aWipedVolumeComesBackUnderItsNameByTheProofOfItsPlace() {
        Start empty = start(0, 200, 1);
        Start minted = new Start(
                Cluster.ID,
                1,
                new RingNode(id(50), "n-0", "zone-a", 1, "host-0", empty.node().ports()),
                empty.volume(),
                1);
        VolumeStart last = start(0, 100, 1).volume();
        assertThat(cluster.apply(new NewVolume(minted, new Proof.Place(last))))
                .isEqualTo(new Registered(id(0), volume(200), NodeState.PENDING, 2));
    }

    @Test
    void aProcessThatDoesNotKnowThatItsNewVolumeIsInIsLetInAgain() {
        NewVolume first = new NewVolume(start(0, 200, 1), new Proof.Counter(volume(100), 2));
        cluster.apply(first);
        Answer answer = cluster.apply(new NewVolume(start(0, 200, 2), new Proof.Counter(volume(100), 2)));
        assertThat(answer).isEqualTo(new Registered(id(0), volume(200), NodeState.PENDING, 2));
        assertThat(cluster.refusal(first)).isEqualTo(RefusalCode.OLD_COPY);
    }

    @Test
    void aProofOfPlaceEndsWithTheNextRegistration() {
        VolumeStart last = start(0, 100, 1).volume();
        cluster.apply(new Register(start(0, 100, 2)));
        assertThat(cluster.refusal(new NewVolume(start(0, 200, 1), new Proof.Place(last))))
                .isEqualTo(RefusalCode.IDENTITY_TAKEN);
    }

    @Test
    void aBarrierPassesWhenEveryMemberHasAdoptedItsEpoch() {
        cluster.apply(new NewVolume(start(0, 200, 1), new Proof.Counter(volume(100), 2)));
        List<ShardEpoch> zero = List.of(new ShardEpoch(0, 2));
        cluster.apply(new BarrierPassed(id(0), volume(200), zero));
        cluster.apply(new BarrierPassed(id(1), volume(101), List.of(new ShardEpoch(0, 1))));
        assertThat(cluster.state.shards().get(0).awaited()).containsExactly(id(1), id(2));
        cluster.apply(new BarrierPassed(id(1), volume(101), zero));
        cluster.apply(new BarrierPassed(id(2), volume(102), zero));
        assertThat(cluster.state.shards().get(0).isSettled()).isTrue();
        assertThat(cluster.state.shards().get(1).isSettled()).isFalse();
    }

    @Test
    void theWordOfALostVolumePassesNoBarrierAndNobodyWaitsForIt() {
        cluster.apply(new NewVolume(start(0, 200, 1), new Proof.Counter(volume(100), 2)));
        List<ShardEpoch> zero = List.of(new ShardEpoch(0, 2));
        assertThat(cluster.refusal(new BarrierPassed(id(0), volume(100), zero))).isEqualTo(RefusalCode.VOLUME_UNKNOWN);
        cluster.apply(new DeclareLost(id(1), volume(101), Cause.PERSON));
        assertThat(cluster.state.shards().get(0).awaited()).containsExactly(id(0), id(2));
        assertThat(cluster.refusal(new BarrierPassed(id(1), volume(101), List.of(new ShardEpoch(0, 3)))))
                .isEqualTo(RefusalCode.VOLUME_UNKNOWN);
        assertThat(cluster.refusal(new BarrierPassed(id(2), volume(102), List.of(new ShardEpoch(0, 9)))))
                .isEqualTo(RefusalCode.BAD_REQUEST);
    }

    // ---- loss

    @Test
    void oneLostReplicaOfThreeIsNoLossTwoAreAndAPersonAccepts() {
        cluster.apply(new DeclareLost(id(0), volume(100), Cause.VOLUME_GONE));
        assertThat(cluster.state.shards()).allMatch(shard -> shard.loss() == Loss.NONE && shard.epoch() == 2);
        cluster.apply(new DeclareLost(id(1), volume(101), Cause.PERSON));
        assertThat(cluster.state.shards()).allMatch(shard -> shard.loss() == Loss.POSSIBLE && shard.epoch() == 3);
        assertThat(cluster.refusal(new AcceptLoss(0, 2))).isEqualTo(RefusalCode.STALE);
        assertThat(cluster.apply(new AcceptLoss(0, 3))).isEqualTo(new LossAccepted(0, List.of(id(0), id(1))));
        assertThat(cluster.state.shards().get(0).loss()).isEqualTo(Loss.ACCEPTED);
        cluster.apply(new DeclareLost(id(2), volume(102), Cause.PERSON));
        assertThat(cluster.state.shards().get(0).loss()).as("a later loss").isEqualTo(Loss.POSSIBLE);
        assertThat(cluster.refusal(new AcceptLoss(8, 4))).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void aLostVolumeIsNeverCurrentAgainButItsNodeComesBackOnANewOne() {
        cluster.apply(new DeclareLost(id(0), volume(100), Cause.PERSON));
        assertThat(cluster.state.isCurrent(id(0), volume(100))).isFalse();
        assertThat(cluster.refusal(new Register(start(0, 100, 9)))).isEqualTo(RefusalCode.VOLUME_LOST);
        assertThat(cluster.apply(new DeclareLost(id(0), volume(100), Cause.PERSON)))
                .isEqualTo(new Done(2));
        assertThat(cluster.apply(new NewVolume(start(0, 200, 1), new Proof.None())))
                .isEqualTo(new Registered(id(0), volume(200), NodeState.PENDING, 3));
        assertThat(cluster.refusal(new Register(start(0, 100, 9)))).isEqualTo(RefusalCode.VOLUME_LOST);
        assertThat(cluster.apply(new DeclareLost(id(0), volume(100), Cause.PERSON)))
                .as("the new one is not meant")
                .isEqualTo(new Done(3));
    }

    @Test
    void aNodeIsRetiredWhenItHoldsNothingAndItsNameIsFreeAgain() {
        assertThat(cluster.refusal(new Retire(id(0), volume(100)))).isEqualTo(RefusalCode.NODE_OWNS_SHARDS);
        cluster.apply(new Register(start(7, 107, 1)));
        assertThat(cluster.refusal(new Retire(id(7), volume(900)))).isEqualTo(RefusalCode.VOLUME_UNKNOWN);
        assertThat(cluster.apply(new Retire(id(7), volume(107)))).isEqualTo(new Done(3));
        assertThat(cluster.apply(new Retire(id(7), volume(107)))).isEqualTo(new Done(3));
        assertThat(cluster.refusal(new Register(start(7, 107, 2)))).isEqualTo(RefusalCode.NODE_RETIRED);
        assertThat(cluster.refusal(new NewVolume(start(7, 207, 1), new Proof.None())))
                .isEqualTo(RefusalCode.NODE_RETIRED);
        assertThat(cluster.state.ring().node(id(7))).isNull();
    }

    // ---- sessions, retries, numbers

    @Test
    void aSupersededOperatorChangesNothing() {
        assertThat(cluster.apply(new OpenSession("a"))).isEqualTo(new SessionOpened(1));
        assertThat(cluster.apply(new OpenSession("b"))).isEqualTo(new SessionOpened(2));
        AuthorityState before = cluster.state;
        Answer answer = cluster.apply(1, new DeclareLost(id(0), volume(100), Cause.PERSON));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.SESSION_SUPERSEDED));
        assertThat(cluster.state.nodes()).isEqualTo(before.nodes());
        assertThat(cluster.apply(2, new SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, 4)))
                .isEqualTo(new Done(1));
        assertThat(cluster.apply(3, new RaiseFeatureLevel(1)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.SESSION_UNKNOWN));
    }

    @Test
    void aRetryGetsTheFirstAnswerAndOpensNoSecondSession() {
        Submission open = new Submission(new CommandId(1, 1), cluster.index(), 0, new OpenSession("a"));
        Answer first = cluster.apply(open);
        assertThat(cluster.apply(open)).isEqualTo(first);
        assertThat(cluster.state.session().number()).isEqualTo(1);
        Submission other = new Submission(new CommandId(1, 1), cluster.index(), 0, new OpenSession("b"));
        assertThat(((Refused) cluster.apply(other)).code()).isEqualTo(RefusalCode.BAD_REQUEST);
    }

    @Test
    void whatMayHaveBeenForgottenIsRefused() {
        Submission late = new Submission(new CommandId(1, 1), cluster.index(), 0, new OpenSession("late"));
        for (int i = 0; i <= Recents.MOST; i++) {
            cluster.apply(new SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, 1 + i % 8));
        }
        assertThat(((Refused) cluster.apply(late)).code()).isEqualTo(RefusalCode.TOO_LATE);
        assertThat(cluster.state.recents().latest()).hasSize(Recents.MOST);
    }

    @Test
    void settingsAndFeatureLevelsKeepWithinTheirBounds() {
        assertThat(cluster.refusal(new SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, 0)))
                .isEqualTo(RefusalCode.BAD_REQUEST);
        assertThat(cluster.state.setting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE))
                .isEqualTo(2);
        assertThat(cluster.refusal(new RaiseFeatureLevel(2))).isEqualTo(RefusalCode.BUILD_TOO_OLD);
        assertThat(cluster.apply(new RaiseFeatureLevel(1))).isEqualTo(new Done(1));
        assertThat(cluster.apply(new RaiseFeatureLevel(0))).isEqualTo(new Done(1));
        assertThat(cluster.state.featureLevel()).isEqualTo(1);
        Start old = start(0, 100, 2);
        assertThat(cluster.refusal(new Register(new Start(Cluster.ID, 1, old.node(), old.volume(), 0))))
                .isEqualTo(RefusalCode.BUILD_TOO_OLD);
    }

    // ---- recovery

    @Test
    void aRecoveryLeadsToTheNextGenerationAndPastEveryNumberOfTheLostGroup() {
        cluster.apply(new OpenSession("a"));
        assertThat(cluster.refusal(new Recover(3, List.of(id(0))))).isEqualTo(RefusalCode.STALE);
        assertThat(cluster.refusal(new Recover(2, List.of(id(0), id(1))))).isEqualTo(RefusalCode.BAD_REQUEST);
        Answer answer = cluster.apply(new Recover(2, List.of(id(0))));
        assertThat(answer).isEqualTo(new Done(Rules.RECOVERY_BLOCK));
        assertThat(cluster.apply(new Recover(2, List.of(id(0))))).isEqualTo(answer);
        assertThat(cluster.state.shards())
                .allMatch(shard -> shard.epoch() == Rules.RECOVERY_BLOCK && !shard.isSettled());
        assertThat(cluster.state.session().number()).isEqualTo(Rules.RECOVERY_BLOCK);
        assertThat(cluster.refusal(new Register(start(0, 100, 2)))).isEqualTo(RefusalCode.FOREIGN_GENERATION);
    }

    @Test
    void aNodeThatHoldsNothingIsLetInWhicheverGenerationTheClusterIsOf() {
        cluster.apply(new Recover(2, List.of(id(0))));
        Start empty = start(2, 900, 1);
        Proof counted = new Proof.Counter(volume(102), 9);
        assertThat(cluster.refusal(new NewVolume(empty, counted))).isEqualTo(RefusalCode.FOREIGN_GENERATION);
        Start knowsNone =
                new Start(empty.clusterId(), Start.NO_GENERATION, empty.node(), empty.volume(), empty.featureLevel());
        assertThat(cluster.apply(new NewVolume(knowsNone, counted))).isInstanceOf(Registered.class);
    }

    @Test
    void aVolumeThatWasGivenUpIsNoEmptyOne() {
        cluster.apply(new NewVolume(start(2, 900, 1), new Proof.Counter(volume(102), 9)));
        cluster.apply(new NewVolume(start(2, 901, 1), new Proof.Counter(volume(900), 9)));
        assertThat(cluster.refusal(new NewVolume(start(2, 900, 2), new Proof.Counter(volume(901), 9))))
                .isEqualTo(RefusalCode.VOLUME_LOST);
    }
}
