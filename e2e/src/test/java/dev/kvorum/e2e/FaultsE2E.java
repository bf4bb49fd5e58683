package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Nodes killed, zones away, homes frozen, under an open-loop load: no request fails for a client that tries once more
 * on another node, and no acknowledged write is missing afterwards.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class FaultsE2E {

    private static final int KEYS = 5_000;
    private static final int PER_SECOND = 2_000;

    /** At more than that nine nodes on a machine of two cores are tried by hunger and not by the fault. */
    private static final int PER_SECOND_OF_SIX = 500;

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final String SIX = "six";

    private final Ground ground = Grounds.shared();

    @Test
    @Needs(Ability.KILL_NODE)
    void aKilledNodeCostsNothing() throws Exception {
        List<Node> nodes = ground.nodes("demo");
        try (AdminClient admin = new AdminClient(ground, "demo");
                RetryingClient client = new RetryingClient(() -> ground.addresses("demo"));
                OpenLoad load = new OpenLoad(client, "kill-", KEYS, PER_SECOND, 1)) {
            calm();
            Node victim = nodes.get(1);
            ground.kill(List.of(victim));
            long aliveAfterMs = awaitAlive(admin, ground.awaitSuccessor(victim, READY_LIMIT), nodes);
            calm();
            end(load, client, "kill -9 of one node");
            System.out.println("a restarted node was alive for its peers after " + aliveAfterMs + " ms");
            assertThat(aliveAfterMs).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    @Needs(Ability.FREEZE_NODE)
    void aFrozenHomeCostsNothing() throws Exception {
        List<Node> nodes = ground.nodes("demo");
        try (RetryingClient client = new RetryingClient(() -> ground.addresses("demo"));
                OpenLoad load = new OpenLoad(client, "freeze-", KEYS, PER_SECOND, 2)) {
            calm();
            ground.freeze(nodes.get(0));
            try {
                pause(Duration.ofSeconds(20));
            } finally {
                ground.thaw(nodes.get(0));
            }
            pause(Duration.ofSeconds(10));
            end(load, client, "SIGSTOP of a home for 20 s");
        }
    }

    @Test
    @Needs(Ability.KILL_NODE)
    void allNodesKilledAtOnceLoseNothing() throws Exception {
        List<Node> nodes = ground.nodes("demo");
        try (RetryingClient client = new RetryingClient(() -> ground.addresses("demo"))) {
            try (OpenLoad load = new OpenLoad(client, "all-", KEYS, PER_SECOND, 3)) {
                calm();
                ground.kill(nodes);
                load.stop();
                for (Node node : nodes) {
                    ground.awaitAnother("demo", node, READY_LIMIT);
                }
                assertThat(load.written()).isGreaterThan(KEYS / 4);
                assertThat(load.missing()).isEmpty();
            }
        }
    }

    @Test
    @Needs({Ability.SIX_NODES, Ability.ZONE_AWAY})
    void zoneOfSixNodesAwayForHalfAMinuteCostsNothing() throws Exception {
        applySix();
        List<Node> nodes = ground.nodes(SIX);
        assertThat(nodes).hasSize(6);
        List<Node> zone =
                nodes.stream().filter(node -> node.name().contains("zone-a")).toList();
        assertThat(zone).hasSize(2);
        try (RetryingClient client = new RetryingClient(this::addressesOfSix);
                OpenLoad load = new OpenLoad(client, "zone-", KEYS, PER_SECOND_OF_SIX, 4)) {
            awaitSteady(client);
            ground.takeAway("zone-a");
            try {
                pause(Duration.ofSeconds(30));
            } finally {
                ground.bringBack("zone-a");
            }
            for (Node node : zone) {
                ground.awaitAnother(SIX, node, READY_LIMIT);
            }
            calm();
            end(load, client, "a zone of six nodes away for 30 s");
        } finally {
            leaveSix();
        }
    }

    /** Neighbours are in other zones, so that the second try goes to another zone. */
    private List<String> addressesOfSix() {
        return ground.addresses(SIX).stream()
                .sorted(Comparator.comparing(address -> address.substring(address.lastIndexOf('.'))))
                .toList();
    }

    private void leaveSix() {
        ground.kubectl("delete", "kvc", SIX, "--wait=false");
        ground.awaitReady("demo", READY_LIMIT);
    }

    private void applySix() {
        ground.apply(ground.example(SIX, 6));
        ground.awaitReady(SIX, Duration.ofMinutes(2));
    }

    private void end(OpenLoad load, RetryingClient client, String what) throws Exception {
        load.stop();
        System.out.println(what + ": " + load.succeeded() + " operations, " + client.retries() + " tried twice, "
                + load.failures().size() + " failed");
        assertThat(load.failures()).isEmpty();
        assertThat(load.succeeded()).isGreaterThan(5L * PER_SECOND);
        assertThat(load.missing()).isEmpty();
    }

    /**
     * Milliseconds from the start of the node's process until it is ready and every peer holds it for alive; before it
     * is ready, they may still mean the former one.
     */
    private long awaitAlive(AdminClient admin, Node node, List<Node> all) {
        long startedMs = ground.startedMs(node);
        Awaitility.await()
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> admin.isReady(node));
        for (Node peer : all) {
            if (!peer.name().equals(node.name())) {
                Awaitility.await()
                        .atMost(READY_LIMIT)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> holdsAlive(admin, peer, node));
            }
        }
        return System.currentTimeMillis() - startedMs;
    }

    private static boolean holdsAlive(AdminClient admin, Node peer, Node node)
            throws IOException, InterruptedException {
        for (JsonNode member : admin.get(peer, "/admin/v1/members").body().path("members")) {
            if (member.path("name").asText().equals(node.name())) {
                return member.path("state").asText().equals("alive");
            }
        }
        return false;
    }

    /** Nine young processes share what they compile with; a fault before they are done would be two at once. */
    private static void awaitSteady(RetryingClient client) {
        long[] before = {-1};
        Awaitility.await("5 s without a second try")
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> before[0] == (before[0] = client.retries()));
    }

    private static void calm() {
        pause(Duration.ofSeconds(5));
    }

    /** Lets the load run on; the length of the pause is the fault's, not a wait for something to come true. */
    private static void pause(Duration length) {
        java.util.concurrent.locks.LockSupport.parkNanos(length.toNanos());
    }
}
