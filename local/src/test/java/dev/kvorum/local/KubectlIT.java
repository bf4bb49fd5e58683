package dev.kvorum.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvorum.local.TestCluster.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The API as real kubectl meets it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KubectlIT {

    private static final String CLUSTER = """
            apiVersion: kvorum.dev/v1alpha1
            kind: KVCluster
            metadata: {name: NAME, namespace: default}
            spec:
              replicas: 3
              zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
              storage: {size: 1Gi}
            """;

    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME, namespace: default}
            data: {a: "1", b: "2"}
            """;

    /** Static: one of an instance is given before each test, and the cluster needs it before all. */
    @TempDir
    static Path directory = Path.of("");

    private TestCluster cluster;

    @BeforeAll
    void start() throws IOException {
        assumeTrue(TestCluster.hasKubectl(), "kubectl is not on the PATH");
        cluster = new TestCluster(directory);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static String named(String yaml, String name) {
        return yaml.replace("NAME", name);
    }

    private String version(String what) {
        return cluster.kubectl("get", what, "-o", "jsonpath={.metadata.resourceVersion}");
    }

    @Test
    void discoveryNamesKindsShortNamesAndTheServersVersion() {
        assertThat(cluster.kubectl("version")).contains("Server Version: v1.32.0+kvorum.local");
        assertThat(cluster.kubectl("api-resources"))
                .containsPattern("kvclusters +kvc +kvorum.dev/v1alpha1 +true +KVCluster")
                .containsPattern("statefulsets +sts +apps/v1 +true +StatefulSet");
        assertThat(cluster.kubectl("api-versions")).contains("policy/v1", "kvorum.dev/v1alpha1");
    }

    @Test
    void anAppliedClusterGetsItsDefaultsAndItsOwnColumns() {
        assertThat(cluster.apply(named(CLUSTER, "columns"))).contains("columns created");
        assertThat(cluster.kubectl("get", "kvc", "columns", "-o", "jsonpath={.spec.shards} {.metadata.generation}"))
                .isEqualTo("256 1");
        assertThat(cluster.kubectl("get", "kvc", "columns"))
                .containsPattern("NAME +READY +NODES +ZONES +EPOCH +MOVING +VERSION +AGE");
    }

    @Test
    void aBrokenRuleIsRefusedWithItsMessageAndFieldPath() {
        Said said = cluster.tryApply(named(CLUSTER, "bad").replace("replicas: 3", "replicas: 2"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("The KVCluster \"bad\" is invalid")
                .contains("spec.replicas is 2, fewer than spec.replication.factor 3");
    }

    @Test
    void aRuleOverOldAndNewRefusesToShrinkStorage() {
        cluster.apply(named(CLUSTER, "shrinks"));
        String said = cluster.kubectlFails(
                "patch", "kvc", "shrinks", "--type=merge", "-p", "{\"spec\":{\"storage\":{\"size\":\"1Mi\"}}}");
        assertThat(said).contains("The KVCluster \"shrinks\" is invalid").contains("spec.storage.size");
    }

    @Test
    void anUnknownFieldIsRefusedByName() {
        Said said = cluster.tryApply(named(CLUSTER, "typo").replace("replicas:", "replica:"));
        assertThat(said.err()).contains("strict decoding error: unknown field \"spec.replica\"");
        Said builtIn = cluster.tryApply(named(CONFIG, "typo").replace("\ndata:", "\ndta:"));
        assertThat(builtIn.err()).contains("unknown field \"dta\"");
    }

    @Test
    void aWrongTypeIsRefusedWithTheFieldPath() {
        Said said = cluster.tryApply(named(CLUSTER, "typed").replace("replicas: 3", "replicas: three"));
        assertThat(said.err()).contains("spec.replicas in body must be of type integer: \"string\"");
    }

    @Test
    void aServiceWithTwoPortsOfOneNameIsRefused() {
        Said said = cluster.tryApply("""
                apiVersion: v1
                kind: Service
                metadata: {name: twice}
                spec: {ports: [{name: http, port: 80}, {name: http, port: 8080}]}
                """);
        assertThat(said.err()).contains("spec.ports[1].name: Duplicate value: \"http\"");
    }

    @Test
    void explainShowsDescriptionsOfTheDefinition() {
        assertThat(cluster.kubectl("explain", "kvc.spec.replication")).contains("factor\t<integer>", "durability");
        assertThat(cluster.kubectl("explain", "sts.spec.updateStrategy")).contains("rollingUpdate");
    }

    @Test
    void scaleChangesTheSizeAndTheGenerationOnly() {
        cluster.apply(named(CLUSTER, "scaled"));
        assertThat(cluster.kubectl("scale", "kvc", "scaled", "--replicas=6")).contains("scaled");
        assertThat(cluster.kubectl("get", "kvc", "scaled", "-o", "jsonpath={.spec.replicas} {.metadata.generation}"))
                .isEqualTo("6 2");
        assertThat(cluster.kubectlFails("scale", "kvc", "scaled", "--replicas=1"))
                .contains("fewer than");
    }

    @Test
    void everyKindOfPatchIsUnderstood() {
        cluster.apply(named(CONFIG, "patched"));
        cluster.kubectl("patch", "cm", "patched", "-p", "{\"data\":{\"c\":\"3\"}}");
        cluster.kubectl("patch", "cm", "patched", "--type=merge", "-p", "{\"data\":{\"a\":null}}");
        cluster.kubectl(
                "patch",
                "cm",
                "patched",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/data/b\",\"value\":\"x\"}]");
        cluster.kubectl("label", "cm", "patched", "colour=red");
        cluster.kubectl("annotate", "cm", "patched", "note=n");
        assertThat(cluster.kubectl("get", "cm", "patched", "-o", "jsonpath={.data} {.metadata.labels.colour}"))
                .isEqualTo("{\"b\":\"x\",\"c\":\"3\"} red");
        assertThat(cluster.kubectl("get", "cm", "-l", "colour in (red)", "-o", "name"))
                .contains("configmap/patched");
        assertThat(cluster.kubectl("get", "cm", "-l", "colour!=red", "-o", "name"))
                .doesNotContain("patched");
    }

    @Test
    void aRepeatedServerSideApplyWritesNothing() {
        String config = named(CONFIG, "settled");
        cluster.apply(config, "--server-side");
        String before = version("cm/settled");
        cluster.apply(config, "--server-side");
        assertThat(version("cm/settled")).isEqualTo(before);
    }

    @Test
    void serverSideApplyReportsConflictsTakesByForceAndDropsWhatItNoLongerNames() {
        String config = named(CONFIG, "owned");
        cluster.apply(config, "--server-side", "--field-manager=first");
        cluster.kubectl("patch", "cm", "owned", "-p", "{\"data\":{\"a\":\"9\",\"c\":\"3\"}}");
        Said conflict = cluster.tryApply(config, "--server-side", "--field-manager=first");
        assertThat(conflict.err()).contains("conflict with \"kubectl-patch\" using v1: .data.a");
        cluster.apply(config, "--server-side", "--field-manager=first", "--force-conflicts");
        cluster.apply(config.replace(", b: \"2\"", ""), "--server-side", "--field-manager=first");
        assertThat(cluster.kubectl("get", "cm", "owned", "-o", "jsonpath={.data}"))
                .isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
    }

    @Test
    void replacingWithAnOldResourceVersionIsAConflict() throws IOException {
        cluster.apply(named(CLUSTER, "stale"));
        Path old = directory.resolve("stale.json");
        Files.writeString(old, cluster.kubectl("get", "kvc", "stale", "-o", "json"));
        cluster.kubectl("scale", "kvc", "stale", "--replicas=4");
        assertThat(cluster.kubectlFails("replace", "-f", old.toString()))
                .contains("Operation cannot be fulfilled on kvclusters.kvorum.dev \"stale\"");
    }

    @Test
    void aWatchPrintsRowsAsTheyChange() throws IOException, InterruptedException {
        cluster.apply(named(CONFIG, "watched"));
        Path output = directory.resolve("watch.txt");
        Process watch = cluster.startKubectl(output, "get", "cm", "watched", "-w");
        try {
            Awaitility.await().until(() -> Files.readString(output).contains("watched   2"));
            cluster.kubectl("patch", "cm", "watched", "-p", "{\"data\":{\"c\":\"3\"}}");
            Awaitility.await().until(() -> Files.readString(output).contains("watched   3"));
        } finally {
            watch.destroy();
            assertThat(watch.waitFor(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void waitForAConditionAndForDeletionEnd() {
        cluster.apply(named(CLUSTER, "awaited"));
        cluster.kubectl(
                "patch",
                "kvc",
                "awaited",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"phase\":\"Ready\"},\"spec\":{\"replicas\":9}}");
        cluster.kubectl("wait", "kvc/awaited", "--for=jsonpath={.status.phase}=Ready", "--timeout=5s");
        assertThat(cluster.kubectl("get", "kvc", "awaited", "-o", "jsonpath={.spec.replicas} {.metadata.generation}"))
                .as("the status door changes the status only")
                .isEqualTo("3 1");
        cluster.kubectl("delete", "kvc", "awaited", "--timeout=5s");
        assertThat(cluster.kubectlFails("get", "kvc", "awaited"))
                .contains("kvclusters.kvorum.dev \"awaited\" not found");
    }

    @Test
    void aNamespaceGoesWithAllThatIsInIt() {
        cluster.kubectl("create", "namespace", "short");
        cluster.kubectl("create", "configmap", "inside", "-n", "short", "--from-literal=a=b");
        cluster.kubectl("delete", "namespace", "short", "--timeout=10s");
        assertThat(cluster.kubectlFails("get", "ns", "short")).contains("not found");
        assertThat(cluster.kubectlFails("create", "configmap", "late", "-n", "short"))
                .contains("\"short\" not found");
    }

    @Test
    void dryRunChecksAndStoresNothing() {
        assertThat(cluster.apply(named(CLUSTER, "tried"), "--dry-run=server")).contains("created (server dry run)");
        assertThat(cluster.kubectlFails("get", "kvc", "tried")).contains("not found");
    }

    @Test
    void whatIsNotServedSaysSo() {
        assertThat(cluster.kubectlFails("get", "deployments")).contains("doesn't have a resource type");
        assertThat(cluster.kubectlFails("create", "deployment", "web", "--image=nginx"))
                .isNotEmpty();
        assertThat(cluster.kubectl("auth", "can-i", "delete", "pods")).contains("yes");
    }
}
