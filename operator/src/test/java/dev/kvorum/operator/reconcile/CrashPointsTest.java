package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.status.Condition;
import dev.kvorum.operator.desired.NodeConfigMap;
import dev.kvorum.operator.fake.Calls;
import dev.kvorum.operator.fake.Calls.Crash;
import dev.kvorum.operator.fake.Calls.Kind;
import dev.kvorum.operator.fake.Calls.Moment;
import dev.kvorum.operator.fake.Calls.Trouble;
import dev.kvorum.operator.fake.FakeCluster;
import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.observe.Observer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Making and repairing a cluster, with something going wrong at each of its calls in turn: the end is always the same.
 *
 * <p>The operator keeps nothing in memory that it needs, so a crash after an answer is a crash before the next call:
 * {@link Moment} needs no third moment for it.
 */
class CrashPointsTest {

    private static final Ending UNDISTURBED = Ending.of(Ground.ofThree().settle());
    private static final Calls MADE = Ground.ofThree().settle().calls();
    private static final int CALLS = MADE.count();

    @Test
    void makingAClusterTakesItsObjectsItsDocumentsAndItsMarks() {
        assertThat(CALLS).isGreaterThan(10 + 3 + 3);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void crashAtAnyCallLeadsToTheSameEnd(Moment moment) {
        everyCallEndsTheSame(moment, Crash::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 409, 422, 429, 500, 503})
    void refusalOfAnyCallLeadsToTheSameEnd(int code) {
        everyCallEndsTheSame(Moment.BEFORE, () -> FakeCluster.refused(code, "once"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 429, 500, 503})
    void refusalOfAnyNodeLeadsToTheSameEnd(int code) {
        callsEndTheSame(MADE.of(Kind.NODE), Moment.BEFORE, () -> new NodeAdminException("once", code));
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void timeoutOfAnyCallLeadsToTheSameEnd(Moment moment) {
        everyCallEndsTheSame(moment, () -> new KubernetesClientException("timeout"));
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void lostAnswerOfAnyNodeLeadsToTheSameEnd(Moment moment) {
        callsEndTheSame(MADE.of(Kind.NODE), moment, () -> new NodeAdminException("timeout", 0));
    }

    /** A StatefulSet and a Service removed, another StatefulSet changed, and trouble at each call of the repair. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void crashAtAnyCallOfARepairLeadsToTheSameEnd(Moment moment) {
        Ground calm = damaged();
        int first = calm.calls().count();
        Ending repaired = Ending.of(calm.settle());
        int last = calm.calls().count();
        assertThat(last - first).isGreaterThan(3);
        for (int call = first; call < last; call++) {
            Ground ground = damaged();
            ground.plan(new Trouble(call, moment, Crash::new));
            assertThat(Ending.of(ground.settle())).as("call %d", call).isEqualTo(repaired);
        }
    }

    private static Ground damaged() {
        Ground ground = Ground.ofThree().settle();
        ground.api.delete(StatefulSet.class, "demo-zone-b");
        ground.api.delete(Service.class, "demo-nodes");
        ground.api.edit(StatefulSet.class, "demo-zone-a", set -> set.getSpec().setReplicas(0));
        return ground;
    }

    @Test
    void crashAfterTheFirstNodeAcceptedSendsTheSameDocumentEvenIfTheSpecChanged() {
        int first = IntStream.range(0, CALLS)
                .filter(call -> acceptedAfterCrashAt(call) == 1)
                .findFirst()
                .orElseThrow();
        Ground ground = Ground.ofThree();
        ground.plan(new Trouble(first, Moment.AFTER, Crash::new));
        while (ground.nodes.accepted().isEmpty()) {
            ground.runOnce();
        }

        ground.change("replication: {factor: 3, write: all}");
        ground.settle();

        assertThat(ground.nodes.accepted()).hasSize(3);
        assertThat(ground.nodes.accepted().values().stream().distinct()).hasSize(1);
        assertThat(ground.nodes.accepted().values())
                .allMatch(document -> document.write().equals("quorum"));
    }

    /** The document is no secret of the nodes: the operator wrote it down before it sent it. */
    @Test
    void documentIsWrittenDownBeforeTheFirstNodeGetsIt() {
        Ground ground = Ground.ofThree();
        while (ground.nodes.sent() == 0) {
            ground.runOnce();
        }

        assertThat(ground.api.get(ConfigMap.class, "demo-config").getData()).containsKey(NodeConfigMap.DOCUMENT);
    }

    private static int acceptedAfterCrashAt(int call) {
        Ground ground = Ground.ofThree();
        ground.plan(new Trouble(call, Moment.AFTER, Crash::new));
        while (ground.runOnce()) {
            if (ground.calls().count() >= CALLS) {
                break;
            }
        }
        return ground.nodes.accepted().size();
    }

    private static void everyCallEndsTheSame(Moment moment, Supplier<? extends RuntimeException> what) {
        callsEndTheSame(IntStream.range(0, CALLS).boxed().toList(), moment, what);
    }

    private static void callsEndTheSame(List<Integer> calls, Moment moment, Supplier<? extends RuntimeException> what) {
        for (int call : calls) {
            Ground ground = Ground.ofThree();
            ground.plan(new Trouble(call, moment, what));
            assertThat(Ending.of(ground.settle()))
                    .as("trouble %s call %d", moment, call)
                    .isEqualTo(UNDISTURBED);
        }
    }

    /** What a cluster has come to; without what differs from run to run. */
    private record Ending(
            List<String> objects,
            List<String> claims,
            Map<String, BootstrapDocument> documents,
            List<String> conditions,
            String nodes) {

        static Ending of(Ground ground) {
            return new Ending(
                    Observer.OWNED.stream()
                            .flatMap(type -> ground.api.all(type).map(Ending::text))
                            .toList(),
                    ground.api
                            .all(PersistentVolumeClaim.class)
                            .map(claim -> String.valueOf(claim.getMetadata().getAnnotations()))
                            .toList(),
                    ground.nodes.accepted(),
                    ground.cluster().getStatus().conditions().stream()
                            .map(CrashPointsTest::brief)
                            .toList(),
                    String.valueOf(ground.cluster().getStatus().nodes()));
        }

        private static String text(HasMetadata object) {
            object.getMetadata().setUid(null);
            object.getMetadata().setGeneration(null);
            if (object instanceof Secret secret) {
                secret.setData(Map.of("token", "random"));
            }
            return Serialization.asJson(object);
        }
    }

    private static String brief(Condition condition) {
        return Stream.of(condition.type(), condition.status(), condition.reason(), condition.message())
                .toList()
                .toString();
    }
}
