package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Operators that end and take over, in the middle of their work. */
@Needs({Ability.TWO_OPERATORS, Ability.KILL_OPERATOR})
class OperatorChurnE2E {

    private static final int ROUNDS = Integer.getInteger("kvorum.e2e.rounds", 5);
    private static final Duration TAKE_OVER_LIMIT = Duration.ofMinutes(1);
    private static final String KINDS =
            "statefulsets,services,configmaps,secrets,serviceaccounts,poddisruptionbudgets,networkpolicies,pvc,pods";

    private final Ground ground = Grounds.shared();

    /** In each round a port is changed by hand as the leader ends: whoever leads next has to put it right. */
    @Test
    void leadersEndedAgainAndAgainDoubleAndLoseNothing() {
        leaseSeconds("PT3S", "PT2S", "PT0.5S");
        String objects = objects();
        List<Node> nodes = ground.nodes("demo");
        for (int round = 1; round <= ROUNDS; round++) {
            String leader = Awaitility.await().atMost(TAKE_OVER_LIMIT).until(ground::operator, name -> !name.isEmpty());
            int port = 9000 + round;
            ground.killOperator();
            changePort(port);
            Awaitility.await()
                    .atMost(TAKE_OVER_LIMIT)
                    .until(ground::operator, name -> !name.isEmpty() && !name.equals(leader));
            Awaitility.await().atMost(TAKE_OVER_LIMIT).until(() -> !ports().contains(Integer.toString(port)));
        }
        ground.awaitReady("demo", TAKE_OVER_LIMIT);
        assertThat(objects()).isEqualTo(objects);
        assertThat(ground.nodes("demo")).isEqualTo(nodes);
        System.out.println(ROUNDS + " leaders ended, every object is the one it was");
    }

    /** The default of 15 s is for calm clusters; here leaders end all the time. */
    private void leaseSeconds(String lasts, String renewed, String retried) {
        ground.kubectl(
                        "set",
                        "env",
                        "deployment/kvorum-operator",
                        "-n",
                        "kvorum-system",
                        "KVORUM_OPERATOR_LEASE_DURATION=" + lasts,
                        "KVORUM_OPERATOR_LEASE_RENEW_DEADLINE=" + renewed,
                        "KVORUM_OPERATOR_LEASE_RETRY_PERIOD=" + retried)
                .mustSucceed();
        ground.kubectl("rollout", "status", "deployment/kvorum-operator", "-n", "kvorum-system", "--timeout=120s")
                .mustSucceed();
    }

    private void changePort(int port) {
        ground.kubectl(
                        "patch",
                        "service",
                        "demo-kv",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":" + port + "}]")
                .mustSucceed();
    }

    private String ports() {
        return ground.kubectl("get", "service", "demo-kv", "-o", "jsonpath={.spec.ports[*].port}")
                .mustSucceed()
                .out();
    }

    /** Kind, name and uid of all that belongs to the cluster. */
    private String objects() {
        return ground.kubectl(
                        "get",
                        KINDS,
                        "-l",
                        "app.kubernetes.io/instance=demo",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name}:{.metadata.uid}{\"\\n\"}{end}")
                .mustSucceed()
                .out();
    }
}
