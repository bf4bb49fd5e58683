package dev.kvorum.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kvorum.local.kubelet.Children;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zone of nodes as processes: started, probed, restarted, moved, ended. */
final class NodesIT {

    private static final String FIRST = "http://127.1.2.1:9600/";
    private static final String SECOND = "http://127.1.2.2:9600/";

    @TempDir
    Path directory = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(TestCluster.hasKubectl(), "kubectl is not on the PATH");
        cluster = new TestCluster(directory);
        Awaitility.setDefaultTimeout(Duration.ofSeconds(15));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
            assertThat(cluster.children().running()).as("processes left").isEmpty();
        }
    }

    private void startZone() throws IOException {
        cluster.apply("""
                apiVersion: kvorum.dev/v1alpha1
                kind: KVCluster
                metadata: {name: demo, namespace: default}
                spec:
                  replicas: 3
                  zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
                  storage: {size: 1Gi}
                """);
        String uid = cluster.kubectl("get", "kvc", "demo", "-o", "jsonpath={.metadata.uid}");
        try (InputStream stream = Objects.requireNonNull(NodesIT.class.getResourceAsStream("/node-set.yaml"))) {
            cluster.apply(new String(stream.readAllBytes(), UTF_8).replace("UID", uid));
        }
        awaitReady(2);
    }

    private void awaitReady(int pods) {
        cluster.kubectl("wait", "sts/demo-zone-b", "--for=jsonpath={.status.readyReplicas}=" + pods, "--timeout=20s");
    }

    /** The answer to a POST, which the client never sends twice; empty when there is none. */
    private String ask(String uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                    .timeout(Duration.ofSeconds(2))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String pod(String name, String path) {
        return cluster.kubectl("get", "pod", name, "-o", "jsonpath={" + path + "}");
    }

    @Test
    void aPodIsAProcessWithItsVolumesNamesAndAddress() throws IOException {
        startZone();
        assertThat(pod("demo-zone-b-0", ".status.podIP")).isEqualTo("127.1.2.1");
        assertThat(pod("demo-zone-b-1", ".spec.nodeName")).isEqualTo("zone-b");
        assertThat(ask(FIRST + "config")).isEqualTo("requestTimeoutMs: 2000\n");
        assertThat(ask(FIRST + "token")).isEqualTo("sesame");
        assertThat(ask(FIRST + "advertise")).isEqualTo("demo-zone-b-0.demo-nodes.default.svc");
        assertThat(ask(FIRST + "resolve?demo-zone-b-1.demo-nodes.default.svc")).isEqualTo("127.1.2.2");
        assertThat(cluster.kubectl("logs", "demo-zone-b-0")).contains("fake node demo-zone-b-0 is up");
        assertThat(cluster.kubectl("describe", "pod", "demo-zone-b-0")).contains("Successfully assigned", "127.1.2.1");
        Awaitility.await()
                .untilAsserted(() -> assertThat(cluster.kubectl("describe", "svc", "demo-kv"))
                        .contains("127.1.2.1:9600,127.1.2.2:9600"));
        assertThat(cluster.kubectlFails("exec", "demo-zone-b-0", "--", "ls")).contains("plain processes");
        assertThat(cluster.kubectlFails("port-forward", "demo-zone-b-0", "9600"))
                .contains("loopback address");
    }

    @Test
    void aKilledProcessIsStartedAgainOnItsDataUnlessItsZoneIsCordoned() {
        startZoneUnchecked();
        ask(FIRST + "crash");
        Awaitility.await().until(() -> ask(FIRST + "starts").equals("xx"));
        Awaitility.await()
                .until(() -> pod("demo-zone-b-0", ".status.containerStatuses[0].restartCount")
                        .equals("1"));
        assertThat(pod("demo-zone-b-0", ".status.containerStatuses[0].lastState.terminated.exitCode"))
                .isEqualTo("7");
        assertThat(cluster.kubectl("logs", "--previous", "demo-zone-b-0")).contains("told to crash");
        cluster.kubectl("cordon", "zone-b");
        ask(SECOND + "crash");
        cluster.kubectl(
                "wait",
                "pod/demo-zone-b-1",
                "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=NodeCordoned",
                "--timeout=10s");
        assertThat(ask(SECOND + "starts")).isEmpty();
        cluster.kubectl("uncordon", "zone-b");
        Awaitility.await().until(() -> ask(SECOND + "starts").equals("xx"));
    }

    @Test
    void aDeletedPodComesBackUnderItsNameWithItsVolume() {
        startZoneUnchecked();
        String uid = pod("demo-zone-b-0", ".metadata.uid");
        cluster.kubectl("delete", "pod", "demo-zone-b-0", "--timeout=10s");
        Awaitility.await().until(() -> ask(FIRST + "starts").equals("xx"));
        assertThat(pod("demo-zone-b-0", ".metadata.uid")).isNotEqualTo(uid);
        cluster.kubectl("delete", "pod", "demo-zone-b-0", "--force", "--grace-period=0");
        Awaitility.await().until(() -> ask(FIRST + "starts").equals("xxx"));
    }

    @Test
    void deletingTheClusterEndsItsProcessesAndKeepsItsClaims() {
        startZoneUnchecked();
        cluster.kubectl("delete", "kvc", "demo");
        Awaitility.await().until(() -> cluster.kubectl("get", "sts,pods").isEmpty());
        assertThat(cluster.children().running()).isEmpty();
        assertThat(cluster.kubectl("get", "pvc")).contains("data-demo-zone-b-0", "Bound");
    }

    @Test
    void scalingRunsMoreAndFewerProcessesAndABudgetStopsEvictions() {
        startZoneUnchecked();
        cluster.kubectl("scale", "sts", "demo-zone-b", "--replicas=3");
        awaitReady(3);
        assertThat(pod("demo-zone-b-2", ".status.podIP")).isEqualTo("127.1.2.3");
        cluster.kubectl("scale", "sts", "demo-zone-b", "--replicas=2");
        Awaitility.await().until(() -> cluster.children().running().size() == 2);
        awaitReady(2);
        String said = cluster.kubectlFails("drain", "zone-b", "--delete-emptydir-data", "--timeout=2s");
        assertThat(said).contains("evicting pod");
        assertThat(cluster.children().running()).hasSize(1);
    }

    @Test
    void objectsAndProcessesComeBackAfterARestartOfTheStandIn() throws IOException {
        startZone();
        String uid = pod("demo-zone-b-0", ".metadata.uid");
        cluster.close();
        assertThat(cluster.children().running()).isEmpty();
        cluster = new TestCluster(directory);
        awaitReady(2);
        assertThat(pod("demo-zone-b-0", ".metadata.uid")).isEqualTo(uid);
        assertThat(ask(FIRST + "starts")).isEqualTo("xx");
    }

    @Test
    void aRollingUpdateEndsWhenAllPodsHaveTheNewTemplate() throws IOException {
        startZone();
        cluster.kubectl(
                "patch", "sts", "demo-zone-b", "-p", "{\"spec\":{\"updateStrategy\":{\"type\":\"RollingUpdate\"}}}");
        cluster.kubectl("rollout", "restart", "sts/demo-zone-b");
        assertThat(cluster.kubectl("rollout", "status", "sts/demo-zone-b", "--timeout=20s"))
                .contains("complete");
        assertThat(ask(FIRST + "starts")).isEqualTo("xx");
    }

    @Test
    void aPodThatIsNoNodeSaysWhyItDoesNotRun() {
        cluster.kubectl("run", "web", "--image=nginx:1");
        cluster.kubectl(
                "wait",
                "pod/web",
                "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=NotRunnable",
                "--timeout=10s");
        assertThat(cluster.kubectl("get", "pods")).contains("NotRunnable");
        cluster.kubectl("delete", "pod", "web", "--timeout=5s");
    }

    @Test
    void logsFollowWhatAProcessWrites() throws IOException, InterruptedException {
        startZone();
        Path output = directory.resolve("follow.txt");
        Process follow = cluster.startKubectl(output, "logs", "-f", "demo-zone-b-0");
        Awaitility.await().until(() -> Files.readString(output).contains("is up"));
        ask(FIRST + "crash");
        Awaitility.await().until(() -> Files.readString(output).contains("told to crash"));
        assertThat(follow.waitFor())
                .as("the container that was followed has ended")
                .isZero();
    }

    @Test
    void childrenAreFoundByTheirMarksAlone() throws IOException {
        startZone();
        assertThat(new Children(directory).running())
                .extracting(Children.Child::address)
                .contains("127.1.2.1");
    }

    private void startZoneUnchecked() {
        try {
            startZone();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
