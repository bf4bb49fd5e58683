package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import dev.kvorum.e2e.ground.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the operator repairs, what it leaves alone, and what it refuses. */
class OperatorE2E {

    private static final Duration REPAIR_LIMIT = Duration.ofMinutes(1);
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(10);
    private static final String OPERATORS = "kvorum-system";

    private final Ground ground = Grounds.shared();

    @Test
    void aDeletedPodComesBackWithItsData() throws Exception {
        List<Node> nodes = ground.nodes("demo");
        try (RespClient resp = new RespClient(nodes.get(1).address(), Duration.ofSeconds(5))) {
            resp.call("SET", "before-delete", "kept");
        }

        ground.kubectl("delete", "pod", nodes.get(0).name()).mustSucceed();

        Node back = ground.awaitAnother("demo", nodes.get(0), REPAIR_LIMIT);
        try (RespClient resp = new RespClient(back.address(), Duration.ofSeconds(5))) {
            assertThat(resp.call("GET", "before-delete")).isEqualTo("kept");
        }
    }

    @Test
    void aDeletedServiceIsMadeAgain() {
        ground.kubectl("delete", "service", "demo-kv").mustSucceed();

        Awaitility.await()
                .atMost(REPAIR_LIMIT)
                .until(() -> ground.kubectl("get", "service", "demo-kv").code() == 0);
    }

    @Test
    void aDeletedStatefulSetIsMadeAgainOverTheSameVolumes() {
        String claim = uid("pvc/data-demo-zone-b-0");
        Node former = ground.nodes("demo").get(1);

        ground.kubectl("delete", "statefulset", "demo-zone-b").mustSucceed();

        Awaitility.await()
                .atMost(REPAIR_LIMIT)
                .until(() -> ground.kubectl("get", "statefulset", "demo-zone-b").code() == 0);
        ground.awaitAnother("demo", former, REPAIR_LIMIT);
        assertThat(uid("pvc/data-demo-zone-b-0")).isEqualTo(claim);
    }

    @Test
    void aHandEditedServiceIsPutRight() {
        ground.kubectl(
                        "patch",
                        "service",
                        "demo-kv",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":8099}]")
                .mustSucceed();

        Awaitility.await()
                .atMost(REPAIR_LIMIT)
                .until(() -> !ground.kubectl("get", "service", "demo-kv", "-o", "jsonpath={.spec.ports[*].port}")
                        .out()
                        .contains("8099"));
    }

    @Test
    @Needs(Ability.KILL_OPERATOR)
    void aRestartedOperatorChangesNothingThatRuns() {
        List<Node> before = ground.nodes("demo");
        String resources = versions();
        String operator = ground.operator();

        ground.killOperator();

        Awaitility.await().atMost(REPAIR_LIMIT).until(ground::operator, now -> !now.isEmpty() && !now.equals(operator));
        ground.awaitReady("demo", REPAIR_LIMIT);
        assertThat(ground.nodes("demo")).isEqualTo(before);
        assertThat(versions()).isEqualTo(resources);
    }

    /** As Kubernetes asks: SIGTERM to the program of the image. One that said nothing is replaced after 15 s. */
    @Test
    @Needs({Ability.TWO_OPERATORS, Ability.CONTAINERS})
    void aLeaderAskedToStopGivesTheLeaseBack() {
        String leader = Awaitility.await().atMost(REPAIR_LIMIT).until(ground::operator, now -> !now.isEmpty());
        var log = CompletableFuture.supplyAsync(() ->
                ground.kubectl("logs", "--follow", leader, "-n", OPERATORS).out());
        long askedNs = System.nanoTime();

        ground.kubectl("delete", "pod", leader, "-n", OPERATORS, "--wait=false").mustSucceed();

        Awaitility.await().atMost(REPAIR_LIMIT).until(ground::operator, now -> !now.isEmpty() && !now.equals(leader));
        Duration took = Duration.ofNanos(System.nanoTime() - askedNs);
        System.out.println("another operator led " + took.toMillis() + " ms after the leader was asked to stop");
        assertThat(took).isLessThan(HAND_OVER_LIMIT);
        assertThat(log.join()).contains("gave the Lease " + OPERATORS + "/kvorum-operator back");
    }

    @Test
    void anotherSizeChangesNothingAndSaysWhy() {
        anotherSizeIsAnswered();
    }

    private void anotherSizeIsAnswered() {
        List<Node> before = ground.nodes("demo");

        ground.kubectl("scale", "kvc/demo", "--replicas=6").mustSucceed();
        try {
            Awaitility.await()
                    .atMost(REPAIR_LIMIT)
                    .until(() -> reason("ScalingLimited").equals("RingChangeUnavailable"));
            assertThat(ground.nodes("demo")).isEqualTo(before);
        } finally {
            ground.kubectl("scale", "kvc/demo", "--replicas=3").mustSucceed();
        }
        Awaitility.await()
                .atMost(REPAIR_LIMIT)
                .until(() -> !reason("ScalingLimited").equals("RingChangeUnavailable"));
    }

    /** Of more bytes than characters, in two changes: what follows the first must be heard, too. */
    @Test
    void theOperatorHearsWhatIsWrittenInAnyLanguage() {
        for (String word : List.of("größer …", "größte …")) {
            ground.kubectl("annotate", "--overwrite", "kvc/demo", "e2e/note=" + word)
                    .mustSucceed();
        }
        anotherSizeIsAnswered();
        ground.kubectl("annotate", "kvc/demo", "e2e/note-").mustSucceed();
    }

    @Test
    void aBadSpecIsRefusedWithItsRemedy() throws IOException {
        Path manifest = Files.createTempFile("bad-", ".yaml");
        Files.writeString(
                manifest,
                Files.readString(ground.home().resolve("examples/kvcluster.yaml"))
                        .replace("name: demo", "name: bad")
                        .replaceFirst("replicas: 3", "replicas: 2"));

        Shell.Result refused = ground.kubectl("apply", "-f", manifest.toString());

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("replicas").contains("factor");
        assertThat(ground.kubectl("get", "kvc", "bad").code()).isNotZero();
        Files.delete(manifest);
    }

    private String reason(String condition) {
        return ground.kubectl(
                        "get",
                        "kvc",
                        "demo",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type=='" + condition + "')].reason}")
                .out();
    }

    private String uid(String object) {
        return ground.kubectl("get", object, "-o", "jsonpath={.metadata.uid}")
                .mustSucceed()
                .out();
    }

    /** The generation of everything that runs the cluster: it grows with each change of a specification. */
    private String versions() {
        return ground.kubectl(
                        "get",
                        "statefulset,service,configmap,secret,pvc",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name}:{.metadata.uid}:{.metadata.generation} {end}")
                .mustSucceed()
                .out();
    }
}
