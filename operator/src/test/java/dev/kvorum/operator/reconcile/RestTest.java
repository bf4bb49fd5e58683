package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.plan.ConditionType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At rest the operator writes nothing, however often it looks and however often it starts anew. */
class RestTest {

    private static final int MANY = 25;

    @Test
    void nothingIsWrittenAtRest() {
        Ground ground = Ground.ofThree().settle();
        int calls = ground.calls().count();

        for (int pass = 0; pass < 200; pass++) {
            ground.letTimePass(now -> now.plus(Duration.ofMinutes(2)));
            assertThat(ground.passOnce()).isTrue();
        }

        assertThat(ground.calls().count() - calls).isZero();
    }

    @Test
    void nothingIsWrittenWhileWishesWaitOrANodeIsDown() {
        Ground ground = Ground.ofThree().settle();
        ground.change("""
                replicas: 6
                image: kvorum/kv-node:9.9.9
                buckets: [{name: orders}]
                """);
        ground.nodes.stop(ground.address("demo-zone-a-0"));
        ground.settle();
        int calls = ground.calls().count();

        for (int pass = 0; pass < 200; pass++) {
            ground.letTimePass(now -> now.plus(Duration.ofMinutes(2)));
            assertThat(ground.passOnce()).isTrue();
        }

        assertThat(ground.calls().count() - calls).isZero();
    }

    @Test
    void manyClustersAreMadeSideBySideAndThenNotWrittenTo() {
        Ground ground = Ground.ofThree();
        IntStream.range(1, MANY).forEach(number -> ground.askBeside("shop-%02d".formatted(number), """
                replicas: 3
                shards: 16
                zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
                """));
        ground.settle();
        assertThat(ground.nodes.accepted().values().stream().distinct()).hasSize(MANY);
        int calls = ground.calls().count();

        for (int pass = 0; pass < 20; pass++) {
            assertThat(ground.passOnce()).isTrue();
        }

        assertThat(ground.calls().count() - calls).isZero();
    }

    @Test
    void restartOfTheOperatorWritesNothingAndOpensASession() {
        Ground ground = Ground.ofThree().settle();
        int calls = ground.calls().count();

        ground.restartOperator();
        ground.passOnce();
        ground.passOnce();

        assertThat(ground.calls().count() - calls).isOne();
        assertThat(ground.nodes.authority().operators()).hasSize(2);
    }

    /** However far the making of a cluster got: what runs by then still runs when it is made. */
    @ParameterizedTest
    @MethodSource("passes")
    void restartOfTheOperatorAfterAnyPassChangesNothingThatRuns(int passes) {
        Ground ground = Ground.ofThree();
        IntStream.range(0, passes).forEach(pass -> ground.runOnce());
        List<String> before = running(ground);

        ground.restartOperator();
        ground.settle();

        assertThat(running(ground)).containsAll(before);
        assertThat(ground.nodes.accepted().values().stream().distinct()).hasSize(1);
        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
    }

    static IntStream passes() {
        return IntStream.rangeClosed(0, 10);
    }

    /** Pods and StatefulSets with uid and generation. */
    private static List<String> running(Ground ground) {
        return Stream.of(Pod.class, StatefulSet.class)
                .flatMap(type -> ground.api.all(type).map(HasMetadata.class::cast))
                .map(object -> object.getMetadata().getUid() + " generation "
                        + object.getMetadata().getGeneration())
                .toList();
    }
}
