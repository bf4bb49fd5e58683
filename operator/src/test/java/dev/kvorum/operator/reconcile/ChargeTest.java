package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.status.RingStatus;
import dev.kvorum.operator.fake.Calls.Kind;
import dev.kvorum.operator.fake.Calls.Moment;
import dev.kvorum.operator.fake.Calls.Trouble;
import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.plan.ConditionType;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the operator asks of the nodes' authority, and what becomes of it when another takes over. */
class ChargeTest {

    private static final List<String> PODS = List.of("demo-zone-a-0", "demo-zone-b-0", "demo-zone-c-0");
    private static final String TWO_BUCKETS = "buckets: [{name: default}, {name: orders, write: all}]";

    @Test
    void oneSessionIsOpenedForAsLongAsAnOperatorLeads() {
        Ground ground = Ground.ofThree().settle();
        assertThat(ground.nodes.authority().operators()).containsExactly("kvorum-operator");

        ground.passOnce();
        assertThat(ground.nodes.authority().operators()).hasSize(1);

        ground.restartOperator();
        ground.settle();
        assertThat(ground.nodes.authority().operators()).hasSize(2);
    }

    @Test
    void aNewBucketIsDeclaredUnderTheSession() {
        Ground ground = Ground.ofThree().settle();

        ground.change(TWO_BUCKETS);
        ground.settle();

        assertThat(ground.nodes.authority().buckets()).extracting(Bucket::name).containsExactly("default", "orders");
        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).status()).isEqualTo("False");
        assertThat(ground.api.all(Event.class)).extracting(Event::getReason).contains("BucketDeclared");
    }

    @Test
    void aNewOperatorDeclaresInItsFirstPass() {
        Ground ground = Ground.ofThree().settle();
        ground.restartOperator();
        ground.change(TWO_BUCKETS);

        ground.passOnce();

        assertThat(ground.nodes.authority().buckets()).hasSize(2);
    }

    @Test
    void aBucketThatIsDroppedStaysAndIsTold() {
        Ground ground = Ground.ofThree().settle();
        ground.change(TWO_BUCKETS);
        ground.settle();

        ground.change("buckets: [{name: default}]");
        ground.settle();

        assertThat(ground.nodes.authority().buckets()).hasSize(2);
        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).reason()).isEqualTo("BucketsFixed");
        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).message())
                .contains("orders is no longer in the spec");
    }

    @Test
    void aBucketThatIsDeclaredWithOtherSettingsStaysAndTheDifferenceIsTold() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().put(new Bucket("orders", "quorum", "siblings", "quorum", "quorum", false));

        ground.change("buckets: [{name: default}, {name: orders, write: all, conflict: lww}]");
        ground.settle();

        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).reason()).isEqualTo("BucketsFixed");
        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).message())
                .contains("orders (conflict siblings, asked lww; write quorum, asked all)")
                .contains("set spec.buckets back");
        assertThat(ground.nodes.authority().buckets())
                .filteredOn(bucket -> bucket.name().equals("orders"))
                .extracting(Bucket::write)
                .containsExactly("quorum");
    }

    /** As when an administrator declared it, and the node that was asked has not learned of it yet. */
    @Test
    void aBucketThatTheAuthorityRefusesIsTold() {
        Ground ground = Ground.ofThree().settle();
        ground.plan(new Trouble(
                ground.calls().count(),
                Moment.BEFORE,
                () -> new NodeAdminException("bucket orders is conflict lww; use another name", 409, "bucket_exists")));

        ground.change(TWO_BUCKETS);

        assertThat(ground.passOnce()).isFalse();
        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("AuthorityRefused");
        assertThat(ground.condition(ConditionType.DEGRADED).message())
                .contains("orders: bucket orders is conflict lww");
    }

    /** Nodes say levels in digits. */
    @Test
    void aLevelThatIsANumberIsNoDifference() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().put(new Bucket("orders", "quorum", "siblings", "2", "3", false));

        ground.change("buckets: [{name: default}, {name: orders, read: 2, write: 3}]");
        ground.settle();

        assertThat(ground.condition(ConditionType.UPDATE_AVAILABLE).reason()).isEqualTo("UpToDate");
    }

    @Test
    void whoIsSupersededSaysSoOnceAndAsksForNothingMore() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().openSession("another");
        int calls = ground.calls().of(Kind.NODE).size();

        ground.change(TWO_BUCKETS);
        ground.settle();

        assertThat(ground.calls().of(Kind.NODE)).hasSize(calls + 1);
        assertThat(ground.nodes.authority().operators()).containsExactly("kvorum-operator", "another");
        assertThat(ground.nodes.authority().buckets()).hasSize(1);
        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("SessionSuperseded");
        assertThat(ground.condition(ConditionType.DEGRADED).message()).contains("another opened session 2");
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.api.all(Event.class).filter(event -> event.getType().equals("Warning")))
                .extracting(Event::getReason)
                .contains("SessionSuperseded");
    }

    @Test
    void whoIsSupersededChangesNothingEvenWhileNoNodeAnswersUntilItIsRestarted() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().openSession("another");
        ground.change(TWO_BUCKETS);
        ground.settle();

        PODS.forEach(pod -> ground.nodes.stop(ground.address(pod)));
        ground.api.delete(Service.class, "demo-kv");
        ground.settle();
        assertThat(ground.api.has(Service.class, "demo-kv")).isFalse();

        PODS.forEach(pod -> ground.nodes.resume(ground.address(pod)));
        ground.restartOperator();
        ground.settle();
        assertThat(ground.api.has(Service.class, "demo-kv")).isTrue();
        assertThat(ground.nodes.authority().buckets()).hasSize(2);
        assertThat(ground.condition(ConditionType.DEGRADED).status()).isEqualTo("False");
    }

    @Test
    void aSessionThatTheAuthorityKnowsNothingOfIsFollowedByAnother() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().forgetSessions();
        ground.change(TWO_BUCKETS);

        assertThat(ground.passOnce()).isFalse();
        assertThat(ground.condition(ConditionType.PROGRESSING).reason()).isEqualTo("AuthoritySilent");

        ground.settle();
        assertThat(ground.nodes.authority().operators()).hasSize(1);
        assertThat(ground.nodes.authority().buckets()).hasSize(2);
    }

    @Test
    void whoDoesNotHoldTheLeaseAsksForNothing() {
        Ground ground = Ground.ofThree().settle();
        ground.loseLease();
        ground.change(TWO_BUCKETS);
        assertThat(ground.passOnce()).isFalse();

        ground.restartOperator();
        assertThat(ground.passOnce()).isFalse();

        assertThat(ground.nodes.authority().operators()).hasSize(1);
        assertThat(ground.nodes.authority().buckets()).hasSize(1);
    }

    @Test
    void withoutAMajorityTheOperatorWaitsAndGoesOn() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().fallSilent();
        ground.change(TWO_BUCKETS);

        assertThat(ground.passOnce()).isFalse();
        assertThat(ground.condition(ConditionType.PROGRESSING).reason()).isEqualTo("AuthoritySilent");
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");

        ground.nodes.authority().speakAgain();
        ground.settle();
        assertThat(ground.nodes.authority().buckets()).hasSize(2);
        assertThat(ground.condition(ConditionType.PROGRESSING).status()).isEqualTo("False");
    }

    @Test
    void withoutALeaderNothingIsAskedAndNewBucketsWait() {
        Ground ground = Ground.ofThree().settle();
        ground.nodes.authority().loseLeader();
        ground.restartOperator();
        ground.settle();
        assertThat(ground.nodes.authority().operators()).hasSize(1);
        assertThat(ground.condition(ConditionType.PROGRESSING).status()).isEqualTo("False");
        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("NoLeader");
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ring(ground).leader()).isEqualTo("demo-zone-a-0");

        ground.change(TWO_BUCKETS);
        ground.settle();
        assertThat(ground.condition(ConditionType.PROGRESSING).reason()).isEqualTo("AuthoritySilent");
        assertThat(ground.condition(ConditionType.PROGRESSING).message()).endsWith("these buckets wait: orders");

        ground.nodes.authority().findLeader();
        ground.settle();
        assertThat(ground.nodes.authority().operators()).hasSize(2);
        assertThat(ground.nodes.authority().buckets()).hasSize(2);
        assertThat(ground.condition(ConditionType.PROGRESSING).status()).isEqualTo("False");
        assertThat(ground.condition(ConditionType.DEGRADED).status()).isEqualTo("False");
    }

    @Test
    void beforeTheFirstLeaderNothingIsWrong() {
        Ground ground = Ground.ofThree();
        ground.nodes.loseLeaders();

        ground.settle();

        assertThat(ground.condition(ConditionType.DEGRADED).status()).isEqualTo("False");
        assertThat(ring(ground).leader()).isNull();
    }

    @Test
    void votersAndLeaderAreInTheStatus() {
        Ground ground = Ground.ofThree().settle();

        RingStatus ring = ring(ground);
        assertThat(ring.epoch()).isEqualTo(1);
        assertThat(ring.voters()).containsExactly("demo-zone-a-0", "demo-zone-b-0", "demo-zone-c-0");
        assertThat(ring.leader()).isEqualTo("demo-zone-a-0");

        PODS.forEach(pod -> ground.nodes.stop(ground.address(pod)));
        ground.settle();
        assertThat(ring(ground)).isEqualTo(ring);
    }

    @Test
    void aPausedOperatorAsksForNothing() {
        Ground ground = Ground.ofThree().settle();
        ground.restartOperator();
        ground.change("paused: true");
        ground.change(TWO_BUCKETS);
        ground.settle();

        assertThat(ground.nodes.authority().operators()).hasSize(1);
        assertThat(ground.nodes.authority().buckets()).hasSize(1);
    }

    private static RingStatus ring(Ground ground) {
        return Objects.requireNonNull(ground.cluster().getStatus().ring());
    }
}
