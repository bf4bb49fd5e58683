package dev.kvorum.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.fake.Ground;
import dev.kvorum.operator.plan.ConditionType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that hands change or remove. */
class RepairTest {

    @ParameterizedTest
    @ValueSource(strings = {"demo-kv", "demo-nodes"})
    void deletedServiceComesBack(String name) {
        Ground ground = Ground.ofThree().settle();

        ground.api.delete(Service.class, name);
        ground.settle();

        assertThat(ground.api.has(Service.class, name)).isTrue();
        assertThat(ground.cluster().getStatus().journal()).anyMatch(line -> line.contains("Created: Service " + name));
    }

    @Test
    void deletedPodComesBackOnItsVolumeWithoutAnyWordToTheNodes() {
        Ground ground = Ground.ofThree().settle();
        var documents = ground.nodes.accepted();
        int sent = ground.nodes.sent();

        ground.api.delete(Pod.class, "demo-zone-b-0");
        ground.passOnce();
        assertThat(ground.condition(ConditionType.READY).reason()).isEqualTo("NodesMissing");
        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.nodes.accepted()).isEqualTo(documents);
        assertThat(ground.nodes.sent()).isEqualTo(sent);
    }

    @Test
    void deletedStatefulSetComesBackWithTheSameRingAndVolumes() {
        Ground ground = Ground.ofThree().settle();
        var documents = ground.nodes.accepted();

        ground.api.delete(StatefulSet.class, "demo-zone-b");
        ground.settle();

        assertThat(ground.condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(ground.nodes.accepted()).isEqualTo(documents);
    }

    @Test
    void deletedStatefulSetComesBackAsItRanAndNotAsTheSpecNowWishes() {
        Ground ground = Ground.ofThree().settle();
        ground.change("image: kvorum/kv-node:9.9.9");
        ground.settle();

        ground.api.delete(StatefulSet.class, "demo-zone-b");
        ground.settle();

        assertThat(image(ground, "demo-zone-b")).isEqualTo("kvorum/kv-node:0.1.0");
    }

    @Test
    void handEditsOfStatefulSetsAreUndone() {
        Ground ground = Ground.ofThree().settle();

        ground.api.edit(StatefulSet.class, "demo-zone-a", set -> set.getSpec().setReplicas(5));
        ground.api.edit(
                StatefulSet.class,
                "demo-zone-c",
                set -> set.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .setImage("someone/else:1"));
        ground.passOnce();

        assertThat(ground.api.get(StatefulSet.class, "demo-zone-a").getSpec().getReplicas())
                .isEqualTo(1);
        assertThat(image(ground, "demo-zone-c")).isEqualTo("kvorum/kv-node:0.1.0");
    }

    @Test
    void handEditsOfServiceAndConfigAreUndone() {
        Ground ground = Ground.ofThree().settle();

        ground.api.edit(
                Service.class, "demo-nodes", service -> service.getSpec().setPublishNotReadyAddresses(false));
        ground.api.edit(ConfigMap.class, "demo-config", map -> map.getData().put("kv-node.yaml", "loops: 99"));
        ground.passOnce();

        assertThat(ground.api.get(Service.class, "demo-nodes").getSpec().getPublishNotReadyAddresses())
                .isTrue();
        assertThat(ground.api.get(ConfigMap.class, "demo-config").getData().get("kv-node.yaml"))
                .doesNotContain("loops");
    }

    /** The server takes a selector as one value: a key added to it would turn clients away for good. */
    @Test
    void keyAddedToASelectorIsTakenAway() {
        Ground ground = Ground.ofThree().settle();
        Map<String, String> selector =
                ground.api.get(Service.class, "demo-kv").getSpec().getSelector();

        ground.api.edit(
                Service.class,
                "demo-kv",
                service -> service.getSpec().setSelector(Map.of("team", "shop", ClusterRef.CLUSTER, "demo")));
        ground.settle();

        assertThat(ground.api.get(Service.class, "demo-kv").getSpec().getSelector())
                .isEqualTo(selector);
        assertThat(ground.cluster().getStatus().journal())
                .anyMatch(line -> line.contains("Repaired: Service demo-kv (spec.selector"));
    }

    /** The number is the key of a port: an apply alone would leave the moved one beside ours, under the same name. */
    @Test
    void portThatWasMovedIsPutBack() {
        Ground ground = Ground.ofThree().settle();

        ground.api.edit(
                Service.class,
                "demo-kv",
                service -> service.getSpec().getPorts().getFirst().setPort(80));
        ground.settle();

        assertThat(ground.api.get(Service.class, "demo-kv").getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(8080, 6379);
    }

    @Test
    void whatOthersAddWhereTheServerMergesStays() {
        Ground ground = Ground.ofThree().settle();
        int calls = ground.calls().count();

        ground.api.edit(
                Service.class,
                "demo-kv",
                service -> service.getMetadata().getAnnotations().put("team", "shop"));
        ground.settle();

        assertThat(ground.calls().count() - calls).isZero();
        assertThat(ground.api.get(Service.class, "demo-kv").getMetadata().getAnnotations())
                .containsEntry("team", "shop");
    }

    @Test
    void tokenIsMadeOnceAndNeverRewritten() {
        Ground ground = Ground.ofThree().settle();
        String token = token(ground);

        ground.api.edit(
                Secret.class, "demo-admin", secret -> secret.getMetadata().setAnnotations(null));
        ground.settle();

        assertThat(token(ground)).isEqualTo(token);
        assertThat(token).hasSizeGreaterThan(60);
    }

    @Test
    void objectOfAnotherOwnerIsNotWrittenOver() {
        Ground ground = Ground.ofThree();
        ground.api.put(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("demo-kv")
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "shop")
                .endSpec()
                .build());

        ground.settle();

        assertThat(ground.condition(ConditionType.DEGRADED).reason()).isEqualTo("NameTaken");
        assertThat(ground.condition(ConditionType.DEGRADED).message()).contains("Service demo-kv");
        assertThat(ground.api.get(Service.class, "demo-kv").getSpec().getSelector())
                .containsOnlyKeys("app");
    }

    @Test
    void journalKeepsTheLastTwentyShortLines() {
        Ground ground = Ground.ofThree().settle();

        for (int round = 0; round < 30; round++) {
            ground.api.delete(Service.class, "demo-kv");
            ground.settle();
        }

        assertThat(ground.cluster().getStatus().journal())
                .hasSize(20)
                .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 256);
    }

    private static String token(Ground ground) {
        return Objects.requireNonNull(
                ground.api.get(Secret.class, "demo-admin").getData().get("token"));
    }

    private static String image(Ground ground, String set) {
        return ground.api
                .get(StatefulSet.class, set)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }
}
