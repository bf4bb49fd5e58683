package dev.kvorum.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.spec.KVClusterSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClusterObjectsTest {

    private static final String THREE = """
            replicas: 3
            zones: [{name: zone-a}, {name: zone-b, nodeSelector: {}}, {name: zone-c, nodeSelector: {rack: r3}}]
            """;

    @Test
    void sameBlueprintGivesSameObjects() {
        assertThat(objects(THREE)).isEqualTo(objects(THREE));
    }

    @Test
    void everyObjectIsLabelledOwnedAndStamped() {
        assertThat(objects(THREE)).hasSize(10).allSatisfy(object -> {
            assertThat(object.getMetadata().getLabels())
                    .containsEntry(ClusterRef.MANAGED_BY, ClusterRef.OPERATOR)
                    .containsEntry(ClusterRef.CLUSTER, "demo");
            assertThat(object.getMetadata().getAnnotations()).containsKey(Stamp.ANNOTATION);
            assertThat(object.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid"));
            assertThat(object.getMetadata().getFinalizers()).isEmpty();
        });
    }

    @Test
    void stampChangesWithTheContent() {
        assertThat(stamp(objects(THREE), "demo-kv"))
                .isNotEqualTo(stamp(objects(THREE + "service: {type: NodePort}"), "demo-kv"));
    }

    @Test
    void podMeetsTheRestrictedProfile() {
        PodSpec pod = pod(THREE, "demo-zone-a");
        Container container = pod.getContainers().getFirst();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void containerKeepsTheContractOfTheNodes() {
        Container container = pod(THREE, "demo-zone-b").getContainers().getFirst();

        assertThat(container.getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "KVORUM_CONFIG",
                        "KVORUM_NAME",
                        "KVORUM_ZONE",
                        "KVORUM_ADVERTISE_HOST",
                        "KVORUM_DATA_DIR",
                        "KVORUM_ADMIN_TOKEN_FILE");
        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().equals("KVORUM_ADVERTISE_HOST"))
                .extracting(EnvVar::getValue)
                .containsExactly("$(KVORUM_NAME).demo-nodes.default.svc");
        assertThat(container.getLifecycle().getPreStop().getSleep().getSeconds())
                .isEqualTo(5);
        assertThat(pod(THREE, "demo-zone-b").getTerminationGracePeriodSeconds()).isEqualTo(60);
    }

    @Test
    void zoneIsALabelASelectorOrLogical() {
        assertThat(pod(THREE, "demo-zone-a").getNodeSelector()).containsEntry("topology.kubernetes.io/zone", "zone-a");
        assertThat(pod(THREE, "demo-zone-b").getNodeSelector()).isEmpty();
        assertThat(pod(THREE, "demo-zone-c").getNodeSelector()).containsOnlyKeys("rack");
    }

    @Test
    void nodesMayShareAHostOnlyWhereZonesKeepTheirCopiesApart() {
        var apart = pod(THREE, "demo-zone-a").getAffinity().getPodAntiAffinity();
        assertThat(apart.getPreferredDuringSchedulingIgnoredDuringExecution()).hasSize(1);
        assertThat(apart.getRequiredDuringSchedulingIgnoredDuringExecution()).isEmpty();

        var together = pod("replicas: 3\nzones: [{name: zone-a}]\n", "demo-zone-a")
                .getAffinity()
                .getPodAntiAffinity();
        assertThat(together.getRequiredDuringSchedulingIgnoredDuringExecution()).hasSize(1);
    }

    @Test
    void everyoneReachesTheClientDoorsUnlessSomeAreNamed() {
        assertThat(policy(THREE).getSpec().getIngress().getLast().getFrom()).isEmpty();
        assertThat(policy(THREE + "clients: {from: [{podSelector: {matchLabels: {app: shop}}}]}\n")
                        .getSpec()
                        .getIngress()
                        .getLast()
                        .getFrom())
                .hasSize(1);
    }

    private static NetworkPolicy policy(String spec) {
        return (NetworkPolicy) find(objects(spec), "NetworkPolicy", "demo-nodes");
    }

    private static PodSpec pod(String spec, String set) {
        return ((StatefulSet) find(objects(spec), "StatefulSet", set))
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static String stamp(List<HasMetadata> objects, String service) {
        return String.valueOf(
                find(objects, "Service", service).getMetadata().getAnnotations().get(Stamp.ANNOTATION));
    }

    private static HasMetadata find(List<HasMetadata> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.getKind().equals(kind)
                        && object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<HasMetadata> objects(String yaml) {
        KVClusterSpec spec = Serialization.unmarshal(yaml, KVClusterSpec.class);
        return ClusterObjects.of(new Blueprint(
                new ClusterRef("default", "demo", "uid"),
                spec,
                Settled.of(spec, "kvorum/kv-node:0.1.0"),
                Spread.of(spec.replicas(), spec.zones()),
                Optional.empty(),
                OptionalInt.of(1),
                new Blueprint.Site("kvorum-system", 9600)));
    }
}
