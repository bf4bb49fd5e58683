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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The authority's leader ends again and again while clients open sessions and declare buckets. */
@Needs(Ability.KILL_NODE)
class AuthorityE2E {

    private static final int ROUNDS = Integer.getInteger("kvorum.e2e.rounds", 5);
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final long LEADER_LIMIT_MS = 3_000;
    private static final int LOOK_MS = 10;

    private final Ground ground = Grounds.shared();

    @Test
    void aLeaderKilledAgainAndAgainLosesNothingAndDoublesNothing() throws Exception {
        List<Long> gapsMs = new ArrayList<>();
        try (AdminClient admin = new AdminClient(ground, "demo");
                CommandLoad load = new CommandLoad(admin, ground.nodes("demo"))) {
            for (int round = 0; round < ROUNDS; round++) {
                gapsMs.add(killLeader(admin));
                load.ask(ground.nodes("demo"));
            }
            load.stop();
            judge(admin, load);
            report(gapsMs, load);
            assertThat(ofHundred(50, gapsMs)).isLessThanOrEqualTo(LEADER_LIMIT_MS);
            if (ROUNDS >= 100) {
                assertThat(ofHundred(99, gapsMs)).isLessThanOrEqualTo(LEADER_LIMIT_MS);
            }
        }
    }

    /** The time without a leader that so many of a hundred rounds did not exceed. */
    private static long ofHundred(int rounds, List<Long> gapsMs) {
        List<Long> sorted = gapsMs.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * rounds / 100.0) - 1);
    }

    /** Prints what was seen. */
    private static void report(List<Long> gapsMs, CommandLoad load) {
        System.out.printf(
                "%d leaders killed: a new one after %d ms (median), %d ms (p99), %d ms (most); %d sessions and %d"
                        + " buckets acknowledged, %d unknown, %d refused%n",
                ROUNDS,
                ofHundred(50, gapsMs),
                ofHundred(99, gapsMs),
                ofHundred(100, gapsMs),
                load.sessions().size(),
                load.buckets().size(),
                load.unknownSessions() + load.unknownBuckets().size(),
                load.refused());
    }

    /** Milliseconds without a leader. */
    private long killLeader(AdminClient admin) throws Exception {
        List<Node> nodes = ground.nodes("demo");
        Node leader = Awaitility.await()
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofMillis(LOOK_MS))
                .until(() -> leader(admin, nodes), found -> found != null);
        List<Node> others = nodes.stream().filter(node -> !node.equals(leader)).toList();
        ground.kill(List.of(leader));
        long killedNs = System.nanoTime();
        while (leader(admin, others) == null) {
            assertThat(System.nanoTime() - killedNs).isLessThan(READY_LIMIT.toNanos());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
        long gapMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
        // A container that ends again and again is started later and later; a pod that was deleted, at once.
        ground.kubectl("delete", "pod", leader.name(), "--force", "--grace-period=0", "--wait=false")
                .mustSucceed();
        Node successor = ground.awaitSuccessor(leader, READY_LIMIT);
        Awaitility.await()
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> admin.isReady(successor) && follows(admin, successor));
        return gapMs;
    }

    /** The node that says that it leads; null while none does. */
    private static @Nullable Node leader(AdminClient admin, List<Node> nodes) throws InterruptedException {
        for (Node node : nodes) {
            String leader = ring(admin, node).path("leader").asText("");
            if (!leader.isEmpty() && leader.equals(id(admin, node))) {
                return node;
            }
        }
        return null;
    }

    private static boolean follows(AdminClient admin, Node node) throws InterruptedException {
        return ring(admin, node).hasNonNull("leader");
    }

    private static JsonNode ring(AdminClient admin, Node node) throws InterruptedException {
        return look(admin, node, "/admin/v1/ring");
    }

    private static String id(AdminClient admin, Node node) throws InterruptedException {
        return look(admin, node, "/admin/v1/node").path("id").asText();
    }

    private static JsonNode look(AdminClient admin, Node node, String path) throws InterruptedException {
        try {
            return admin.get(node, path).body();
        } catch (IOException notListening) {
            return Ground.json("{}");
        }
    }

    private void judge(AdminClient admin, CommandLoad load) throws Exception {
        assertThat(load.surprises()).isEmpty();
        load.judge();
        assertSessions(admin, load);
        for (Node node : ground.nodes("demo")) {
            Awaitility.await().atMost(READY_LIMIT).untilAsserted(() -> assertBuckets(admin, load, node));
        }
    }

    /** Numbers follow the order of the log, and no more were given than were asked for. */
    private void assertSessions(AdminClient admin, CommandLoad load) throws Exception {
        SortedMap<Long, Long> acknowledged = load.sessions();
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
        assertThat(new ArrayList<>(acknowledged.values())).isSorted();
        assertThat(new TreeSet<>(acknowledged.values())).hasSameSizeAs(acknowledged.values());
        long before = acknowledged.values().iterator().next() - 1;
        Node any = ground.nodes("demo").getFirst();
        long next = admin.post(any, "/admin/v1/operator/sessions", "{\"operator\":\"the end\"}")
                .body()
                .path("session")
                .asLong();
        assertThat(next - before - 1)
                .isBetween((long) acknowledged.size(), (long) acknowledged.size() + load.unknownSessions());
    }

    private static void assertBuckets(AdminClient admin, CommandLoad load, Node node) throws Exception {
        List<String> names = new ArrayList<>();
        admin.get(node, "/admin/v1/node")
                .body()
                .path("buckets")
                .forEach(bucket -> names.add(bucket.path("name").asText()));
        assertThat(names).doesNotHaveDuplicates().containsAll(load.buckets());
        Set<String> asked = new TreeSet<>(load.buckets());
        asked.addAll(load.unknownBuckets());
        assertThat(names.stream().filter(name -> name.startsWith("bucket-"))).isSubsetOf(asked);
    }
}
