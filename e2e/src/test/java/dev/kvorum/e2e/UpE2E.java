package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import dev.kvorum.e2e.ground.Shell;
import dev.kvorum.e2e.ground.StandInGround;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From a checkout to a running cluster. */
@Needs(Ability.LAUNCHER)
class UpE2E {

    private final StandInGround ground = Grounds.standIn();

    @Test
    void upPrintsTheEndpointsAndThreeCommandsToTry() {
        assertThat(ground.upOutput()).contains("curl", "redis-cli", "kubectl", StandInGround.FIRST_NODE);
        System.out.println("up took " + ground.upTook().toMillis() + " ms with what had to be built");
    }

    @Test
    void aSecondUpChangesNothing() {
        List<Node> before = ground.nodes("demo");

        ground.launcher("up").mustSucceed();

        assertThat(ground.nodes("demo")).isEqualTo(before).hasSize(3);
    }

    @Test
    void theThreeCommandsThatUpPrintsWork() {
        String script = ground.upOutput()
                .lines()
                .map(String::strip)
                .filter(line ->
                        line.startsWith("curl ") || line.startsWith("redis-cli ") || line.contains("kubectl get"))
                .reduce("set -e", (all, line) -> all + "\n" + line);

        Shell.Result tried = Shell.run("sh", "-c", "cd '" + ground.home() + "'; " + script);

        assertThat(tried.code()).as(script + "\n" + tried.both()).isZero();
    }

    @Test
    void kubectlShowsTheClusterReady() {
        assertThat(ground.kubectl("get", "kvc", "demo").mustSucceed().out()).contains("demo", "3/3");
        assertThat(ground.kubectl(
                                "get", "kvc", "demo", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}")
                        .out())
                .isEqualTo("True");
    }

    @Test
    void theLauncherPutsGetsAndDeletes() {
        ground.launcher("put", "greeting", "hello there").mustSucceed();
        assertThat(ground.launcher("get", "greeting").mustSucceed().out()).contains("hello there");
        ground.launcher("del", "greeting").mustSucceed();
        assertThat(ground.launcher("get", "greeting").code()).isEqualTo(1);
    }

    @Test
    void theLauncherShowsTheRingAndWhoDecidesIt() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ground.launcher("ring").mustSucceed().out().contains(" leads"));
        assertThat(ground.launcher("ring").mustSucceed().out())
                .contains("generation ", "demo-zone-a-0  zone-a", "demo-zone-b-0  zone-b", "demo-zone-c-0  zone-c");
        assertThat(ground.launcher("members").mustSucceed().out())
                .contains("demo-zone-a-0", "demo-zone-b-0", "demo-zone-c-0", "alive");
        String json = ground.launcher("ring", "--output", "json").mustSucceed().out();
        assertThat(Ground.json(json).path("voters")).hasSize(3);
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(ground.launcher("upp").code()).isEqualTo(2);
    }
}
