package dev.kvorum.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.fake.FakeSettings;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdmin.Door;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.NodeReport.State;
import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.observe.NodeWatch.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodePollerTest {

    private static final ClusterRef DEMO = new ClusterRef("default", "demo", "uid");
    private static final Door HERE = new Door("10.0.0.1", 9600, "token");
    private static final Door THERE = new Door("10.0.0.2", 9600, "token");

    private final Node node = new Node();
    private final NodePoller poller = new NodePoller(node, new FakeSettings(Duration.ofMillis(1)));
    private final ConcurrentLinkedQueue<ClusterRef> woken = new ConcurrentLinkedQueue<>();

    NodePollerTest() {
        poller.onNews(woken::add);
    }

    @AfterEach
    void stop() {
        poller.stop();
    }

    @Test
    void nothingIsKnownBeforeTheFirstAnswerAndThatWakesTheCluster() {
        CountDownLatch mayAnswer = node.holdBack(HERE);
        assertThat(answer(HERE)).isInstanceOf(NodeAnswer.NotAsked.class);

        mayAnswer.countDown();
        await().until(() -> !woken.isEmpty());

        assertThat(woken).containsExactly(DEMO);
        assertThat(answer(HERE).heard()).isPresent();
    }

    @Test
    void calmNodeWakesNobody() {
        answer(HERE);
        await().until(() -> node.asked.get() >= 20);

        assertThat(woken).hasSize(1);
    }

    @Test
    void changedAnswerAndSilenceWakeTheCluster() {
        answer(HERE);
        await().until(() -> woken.size() == 1);

        node.state = State.FENCED;
        await().until(() -> woken.size() == 2);
        assertThat(answer(HERE).heard()).map(NodeReport::state).contains(State.FENCED);

        node.silent = true;
        await().until(() -> woken.size() == 3);
        assertThat(answer(HERE)).isEqualTo(new NodeAnswer.Silent("10.0.0.1:9600 does not answer"));
    }

    @Test
    void podWithANewAddressIsAskedAnew() {
        answer(HERE);
        await().until(() -> answer(HERE).heard().isPresent());

        CountDownLatch mayAnswer = node.holdBack(THERE);
        assertThat(answer(THERE)).isInstanceOf(NodeAnswer.NotAsked.class);

        mayAnswer.countDown();
        await().until(() -> answer(THERE).heard().isPresent());
    }

    private NodeAnswer answer(Door door) {
        return Objects.requireNonNull(
                poller.watch(DEMO, Map.of("demo-zone-a-0", door), Pace.SETTLING).get("demo-zone-a-0"));
    }

    /** One node behind every door; it holds no ring. */
    private static final class Node implements NodeAdmin {
        private final AtomicInteger asked = new AtomicInteger();
        private final Map<Door, CountDownLatch> heldBack = new ConcurrentHashMap<>();
        private volatile State state = State.EMPTY;
        private volatile boolean silent;

        /** Behind this door no answer comes before the latch is open. */
        CountDownLatch holdBack(Door door) {
            CountDownLatch mayAnswer = new CountDownLatch(1);
            heldBack.put(door, mayAnswer);
            return mayAnswer;
        }

        @Override
        public NodeReport node(Door door) {
            asked.incrementAndGet();
            try {
                heldBack.getOrDefault(door, new CountDownLatch(0)).await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new NodeAdminException(door + " was not waited for", 0);
            }
            if (silent) {
                throw new NodeAdminException(door + " does not answer", 0);
            }
            return new NodeReport(
                    "id", "demo-zone-a-0", "zone-a", state, null, null, 0, null, "0.1.0", 0, 0, List.of(), List.of());
        }

        @Override
        public List<MemberReport> members(Door door) {
            return List.of();
        }

        @Override
        public long openSession(Door door, String operator) {
            throw new AssertionError("a poller only asks");
        }

        @Override
        public void declareBucket(Door door, long session, BootstrapDocument.Bucket bucket) {
            throw new AssertionError("a poller only asks");
        }

        @Override
        public RingReport ring(Door door) {
            throw new AssertionError("a node without a ring is not asked for it");
        }

        @Override
        public void found(Door door, BootstrapDocument document) {
            throw new AssertionError("asking never sends anything");
        }
    }
}
