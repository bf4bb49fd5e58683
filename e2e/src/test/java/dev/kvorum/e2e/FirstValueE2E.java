package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Shell;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A newcomer's way on a cluster, from the example to the last volume, in a namespace that admits restricted pods only.
 */
@Needs(Ability.CLIENT_POD)
class FirstValueE2E {

    private static final String NAMESPACE = "newcomer";
    private static final String CLUSTER = "first";
    private static final int AVAILABLE_SECONDS = 60;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Ground ground = Grounds.shared();
    private final String client =
            ground.home().resolve("e2e/src/test/resources/client.yaml").toString();

    @BeforeEach
    void aRestrictedNamespaceWithAClient() {
        ground.kubectl("create", "namespace", NAMESPACE).mustSucceed();
        ground.kubectl("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted")
                .mustSucceed();
        there("apply", "-f", client).mustSucceed();
    }

    @AfterEach
    void nothingStays() {
        ground.kubectl("delete", "namespace", NAMESPACE).mustSucceed();
    }

    @Test
    void fromTheExampleToTheLastVolume() throws Exception {
        long beganNs = System.nanoTime();
        ground.apply(ground.example(CLUSTER, 3).replace("namespace: default", "namespace: " + NAMESPACE));
        awaitAvailable();
        System.out.println("beside another cluster, in a restricted namespace: available "
                + Duration.ofNanos(System.nanoTime() - beganNs).toMillis() + " ms after apply");

        aPodReachesTheServiceByBothProtocols();
        aPersonReachesItByPortForward();
        descriptionTellsTheStory();
        aDeletedClusterLeavesItsVolumesAndFindsThemAgain();
        withTheOtherPolicyNothingIsLeft();
    }

    private void aPodReachesTheServiceByBothProtocols() {
        there("wait", "pod/client", "--for=condition=Ready", "--timeout=60s").mustSucceed();
        String put = "PUT /v1/buckets/default/keys/user:1 HTTP/1.1\\r\\nHost: " + CLUSTER + "-kv\\r\\n"
                + "Content-Length: 3\\r\\nConnection: close\\r\\n\\r\\nada";
        assertThat(told(8080, put)).startsWith("HTTP/1.1 201");
        assertThat(inPod("wget -q -O - http://" + CLUSTER + "-kv:8080/v1/buckets/default/keys/user:1"))
                .isEqualTo("ada");
        assertThat(told(6379, "GET user:1\\r\\nQUIT\\r\\n")).isEqualTo("$3\r\nada\r\n+OK\r\n");
    }

    private void aPersonReachesItByPortForward() throws IOException {
        try (var forward = ground.forward(NAMESPACE, "service/" + CLUSTER + "-kv");
                RespClient resp = new RespClient(forward.address(), Duration.ofSeconds(5))) {
            assertThat(resp.call("GET", "user:1")).isEqualTo("ada");
            assertThat(resp.call("SET", "user:2", "grace")).isEqualTo("OK");
        }
    }

    private void descriptionTellsTheStory() {
        String told = there("describe", "kvcluster", CLUSTER).mustSucceed().out();
        assertThat(told)
                .contains("Available", "Ready Replicas:", "Cluster Id:", "Epoch:", "Events:")
                .containsPattern("Normal +\\S+ .*kvorum-operator");
    }

    private void aDeletedClusterLeavesItsVolumesAndFindsThemAgain() {
        String volumes = volumes();
        delete();
        assertThat(volumes()).isEqualTo(volumes).isNotEmpty();

        ground.apply(ground.example(CLUSTER, 3).replace("namespace: default", "namespace: " + NAMESPACE));
        awaitAvailable();
        assertThat(inPod("wget -q -O - http://" + CLUSTER + "-kv:8080/v1/buckets/default/keys/user:2"))
                .isEqualTo("grace");
        assertThat(volumes()).isEqualTo(volumes);
    }

    private void withTheOtherPolicyNothingIsLeft() {
        there(
                        "patch",
                        "kvcluster",
                        CLUSTER,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"storage\":{\"whenDeleted\":\"Delete\"}}}")
                .mustSucceed();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> there("get", "pvc", "-o", "jsonpath={.items[*].metadata.ownerReferences[*].kind}")
                        .mustSucceed()
                        .out()
                        .equals("KVCluster KVCluster KVCluster"));
        delete();
        Awaitility.await().atMost(LIMIT).until(() -> volumes().isEmpty());
    }

    private void delete() {
        there("delete", "kvcluster", CLUSTER, "--timeout=60s").mustSucceed();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> there(
                                "get",
                                "pods,services,statefulsets",
                                "-l",
                                "kvorum.dev/cluster=" + CLUSTER,
                                "-o",
                                "name")
                        .mustSucceed()
                        .out()
                        .isBlank());
    }

    private void awaitAvailable() {
        there("wait", "kvcluster/" + CLUSTER, "--for=condition=Available", "--timeout=" + AVAILABLE_SECONDS + "s")
                .mustSucceed();
    }

    /** Names and uids of the volume claims. */
    private String volumes() {
        return there("get", "pvc", "-o", "jsonpath={.items[*]['metadata.name','metadata.uid']}")
                .mustSucceed()
                .out();
    }

    /** What the Service answers; the end of what is sent would end the connection, so it comes later. */
    private String told(int port, String said) {
        return inPod("(printf '" + said + "'; sleep 2) | nc " + CLUSTER + "-kv " + port);
    }

    private String inPod(String command) {
        return there("exec", "client", "--", "sh", "-c", command).mustSucceed().out();
    }

    private Shell.Result there(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "-n";
        command[1] = NAMESPACE;
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return ground.kubectl(command);
    }
}
