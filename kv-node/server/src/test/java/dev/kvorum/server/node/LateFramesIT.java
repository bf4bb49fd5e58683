package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests that lay before a node while it stood still. */
class LateFramesIT {

    private static final int TIMEOUT_MS = 600;

    @TempDir
    Path directory;

    @Test
    void aWriteWhoseClientHasGivenUpIsNotAppliedWhenItsHomeComesRound() throws Exception {
        Map<String, String> quick =
                Map.of("KVORUM_REQUEST_TIMEOUT_MS", Integer.toString(TIMEOUT_MS), "KVORUM_LOOPS", "1");
        try (LoopbackNodes nodes = new LoopbackNodes(directory, quick)) {
            nodes.foundAll();
            String key = keyOf(nodes);
            assertThat(Redis.call(nodes.host(1), "SET", key, "before")).isEqualTo("+OK\r\n");

            whileItStands(nodes.server(0), () -> {
                assertThat(Redis.call(nodes.host(1), "SET", key, "late")).startsWith("-");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 * TIMEOUT_MS));
            });
            for (int look = 0; look < 20; look++) {
                String seen = Redis.call(nodes.host(look % 3), "GET", key);
                assertThat(seen).doesNotContain("late");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            nodes.awaitLinked();
            assertThat(Redis.call(nodes.host(0), "GET", key)).contains("before");
        }
    }

    /** What happens meanwhile. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws IOException;
    }

    private static void whileItStands(NodeServer server, Meanwhile meanwhile) throws IOException {
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        server.process().loops().getFirst().context().runOnContext(here -> {
            stands.countDown();
            await(goesOn);
        });
        await(stands);
        try {
            meanwhile.happens();
        } finally {
            goesOn.countDown();
        }
    }

    /** A key whose home is the first node. */
    private static String keyOf(LoopbackNodes nodes) {
        NodeProcess process = nodes.server(0).process();
        NodeId self = Objects.requireNonNull(process.identity()).id();
        Ring ring = Objects.requireNonNull(process.founded()).ring();
        int number = 0;
        while (!process.home(ring.shardOf(("k" + number).getBytes(StandardCharsets.US_ASCII)))
                .equals(self)) {
            number++;
        }
        return "k" + number;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
