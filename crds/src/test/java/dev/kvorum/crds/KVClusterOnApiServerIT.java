package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same refusals, said by the API server that {@code KVORUM_E2E_KUBECONFIG} names. */
@EnabledIfEnvironmentVariable(
        named = "KVORUM_E2E_KUBECONFIG",
        matches = ".+",
        disabledReason = "needs the kubeconfig of a real cluster")
class KVClusterOnApiServerIT {

    private static final String NAMESPACE = "default";
    private static final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(System.getenv("KVORUM_E2E_KUBECONFIG"))))
            .build();

    @BeforeAll
    static void install() throws IOException {
        try (InputStream yaml = KVCluster.class.getResourceAsStream(KVCluster.CRD_RESOURCE)) {
            Resource<CustomResourceDefinition> crd =
                    client.apiextensions().v1().customResourceDefinitions().load(yaml);
            crd.forceConflicts().serverSideApply();
            crd.waitUntilCondition(
                    applied -> applied.getStatus().getConditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Established")
                                    && condition.getStatus().equals("True")),
                    30,
                    TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void apiServerSaysWhatTheGoldenFileSays(RefusalCase refusal) {
        String said = answerTo(refusal);
        if (refusal.refused().isEmpty()) {
            assertThat(said).isEqualTo("accepted");
        } else {
            assertThat(said).contains(refusal.refused());
        }
    }

    static Stream<RefusalCase> cases() {
        return RefusalCase.all().stream();
    }

    private static String answerTo(RefusalCase refusal) {
        try {
            if (refusal.to() == null) {
                resource(refusal.before()).dryRun(true).create();
            } else {
                change(refusal);
            }
            return "accepted";
        } catch (KubernetesClientException e) {
            return e.getStatus().getDetails().getCauses().stream()
                    .map(cause -> cause.getField() + ": " + cause.getMessage())
                    .toList()
                    .toString();
        }
    }

    private static void change(RefusalCase refusal) {
        try {
            resource(refusal.before()).create();
            if (refusal.status() != null) {
                ObjectNode withStatus = refusal.before();
                withStatus.set("status", refusal.status());
                resource(withStatus).updateStatus();
            }
            resource(refusal.after()).update();
        } finally {
            client.resources(KVCluster.class).inNamespace(NAMESPACE).delete();
        }
    }

    private static Resource<GenericKubernetesResource> resource(ObjectNode cluster) {
        return client.genericKubernetesResources("kvorum.dev/v1alpha1", "KVCluster")
                .inNamespace(NAMESPACE)
                .resource(Serialization.unmarshal(cluster.toString(), GenericKubernetesResource.class));
    }
}
