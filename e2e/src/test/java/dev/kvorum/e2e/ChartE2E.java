package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of clusters when the operator's release is upgraded and uninstalled. */
@Needs(Ability.CHART)
class ChartE2E {

    private static final String NAMESPACE = "kvorum-system";
    private static final String RELEASE = "kvorum-operator";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Ground ground = Grounds.shared();
    private final String chart = ground.home().resolve("charts/kvorum-operator").toString();

    @Test
    void anUpgradeOfTheReleaseRestartsNoNode() {
        List<Node> nodes = ground.nodes("demo");
        String operator = ground.operator();

        ground.helm("upgrade", RELEASE, chart, "-n", NAMESPACE, "--set", "polling.atRest=PT2S", "--wait")
                .mustSucceed();

        Awaitility.await().atMost(LIMIT).until(ground::operator, now -> !now.isEmpty() && !now.equals(operator));
        ground.kubectl("delete", "service", "demo-kv").mustSucceed();
        awaitService();
        ground.awaitReady("demo", LIMIT);
        assertThat(ground.nodes("demo")).isEqualTo(nodes);
    }

    @Test
    void clustersServeOnWhenTheReleaseIsUninstalledAndAreFoundWhenItIsBack() throws IOException {
        List<Node> nodes = ground.nodes("demo");
        set(nodes.get(0), "before");
        ground.helm("uninstall", RELEASE, "-n", NAMESPACE, "--wait").mustSucceed();
        try {
            ground.kubectl("get", "crd", "kvclusters.kvorum.dev").mustSucceed();
            ground.kubectl("get", "kvc/demo", "service/demo-kv").mustSucceed();
            assertThat(ground.nodes("demo")).isEqualTo(nodes);
            assertThat(get(nodes.get(1))).isEqualTo("before");
            set(nodes.get(1), "meanwhile");
            ground.kubectl("delete", "service", "demo-kv").mustSucceed();
        } finally {
            ground.helm("install", RELEASE, chart, "-n", NAMESPACE, "--wait").mustSucceed();
        }
        awaitService();
        ground.awaitReady("demo", LIMIT);
        assertThat(ground.nodes("demo")).isEqualTo(nodes);
        assertThat(get(nodes.get(2))).isEqualTo("meanwhile");
    }

    private void awaitService() {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> ground.kubectl("get", "service", "demo-kv").code() == 0);
    }

    private static void set(Node node, String value) throws IOException {
        try (RespClient resp = new RespClient(node.address(), Duration.ofSeconds(5))) {
            resp.call("SET", "release", value);
        }
    }

    private static @Nullable String get(Node node) throws IOException {
        try (RespClient resp = new RespClient(node.address(), Duration.ofSeconds(5))) {
            return resp.call("GET", "release");
        }
    }
}
