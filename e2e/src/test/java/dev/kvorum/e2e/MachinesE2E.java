package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What befalls machines, their networks, and objects in the hands of people, under load: no request fails for a client
 * that tries once more on another node, and no acknowledged write is missing afterwards.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class MachinesE2E {

    private static final int KEYS = 2_000;
    private static final int PER_SECOND = 300;
    private static final int FEWEST = 10 * PER_SECOND;
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final String ZONE = "zone-b";

    private final Ground ground = Grounds.shared();

    @FunctionalInterface
    private interface Fault {
        void happen() throws Exception;
    }

    @Test
    @Needs({Ability.ZONE_AWAY, Ability.CONTAINERS})
    void aMachineWithoutPowerForHalfAMinuteCostsNothing() throws Exception {
        Node there = inZone();
        underLoad("power", 11, () -> {
            ground.takeAway(ZONE);
            try {
                pause(Duration.ofSeconds(30));
            } finally {
                ground.bringBack(ZONE);
            }
            ground.awaitAnother("demo", there, READY_LIMIT);
        });
    }

    @Test
    @Needs(Ability.PARTITION)
    void aZoneCutOffForHalfAMinuteCostsNothing() throws Exception {
        underLoad("cut", 12, () -> {
            ground.cutOff(ZONE);
            try {
                pause(Duration.ofSeconds(30));
            } finally {
                ground.heal();
            }
            ground.awaitReady("demo", READY_LIMIT);
        });
    }

    @Test
    @Needs(Ability.RESTART_KUBELET)
    void restartedKubeletsRestartNothing() throws Exception {
        List<Node> before = ground.nodes("demo");
        underLoad("kubelet", 13, () -> {
            for (Node node : before) {
                ground.restartKubelet(node.zone());
                pause(Duration.ofSeconds(5));
            }
            pause(Duration.ofSeconds(5));
        });
        assertThat(ground.nodes("demo")).isEqualTo(before);
    }

    @Test
    void whatAPersonDeletesCostsNothing() throws Exception {
        Node first = ground.nodes("demo").getFirst();
        Node second = inZone();
        underLoad("deleted", 14, () -> {
            ground.kubectl("delete", "service", "demo-kv").mustSucceed();
            ground.kubectl("delete", "pod", first.name(), "--wait=false").mustSucceed();
            ground.awaitAnother("demo", first, READY_LIMIT);
            pause(Duration.ofSeconds(5));
            ground.kubectl("delete", "statefulset", "demo-" + ZONE).mustSucceed();
            ground.awaitAnother("demo", second, READY_LIMIT);
            ground.kubectl("get", "service", "demo-kv").mustSucceed();
            pause(Duration.ofSeconds(5));
        });
    }

    private void underLoad(String name, long seed, Fault fault) throws Exception {
        Awaitility.await().atMost(READY_LIMIT).until(() -> ground.nodes("demo").size() == 3);
        ground.awaitReady("demo", READY_LIMIT);
        try (RetryingClient client = new RetryingClient(() -> ground.addresses("demo"));
                OpenLoad load = new OpenLoad(client, name + "-", KEYS, PER_SECOND, seed)) {
            pause(Duration.ofSeconds(5));
            fault.happen();
            client.reconnect();
            pause(Duration.ofSeconds(5));
            load.stop();
            System.out.println(name + ": " + load.succeeded() + " operations, " + client.retries() + " tried twice, "
                    + load.failures().size() + " failed");
            assertThat(load.failures()).isEmpty();
            assertThat(load.succeeded()).isGreaterThan(FEWEST);
            assertThat(load.missing()).isEmpty();
        }
    }

    private Node inZone() {
        return ground.nodes("demo").stream()
                .filter(node -> node.zone().equals(ZONE))
                .findFirst()
                .orElseThrow();
    }

    /** The length of the pause is the fault's, not a wait for something to come true. */
    private static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
