package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.Slots;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node of which a loop hangs says of itself, asked through its admin door. */
class SelfWatchIT {

    private static final int WAIT_SECONDS = 30;
    private static final Pattern SCORE = Pattern.compile("\"name\":\"node-0\".*?\"score\":(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aNodeOfWhichALoopHangsStopsLivingAndIsSparedByTheOthers() throws Exception {
        Map<String, String> quick = Map.of("KVORUM_STUCK_LOOP_MS", "1500", "KVORUM_PROBE_INTERVAL_MS", "200");
        try (LoopbackNodes nodes = new LoopbackNodes(directory, quick)) {
            nodes.foundAll();
            assertThat(get(nodes.host(0), "/health/live").statusCode()).isEqualTo(200);

            CountDownLatch hangs = new CountDownLatch(1);
            nodes.server(0).process().loops().getFirst().context().runOnContext(here -> awaitEnd(hangs));
            try {
                await(
                        "it stops living",
                        () -> get(nodes.host(0), "/health/live").statusCode(),
                        code -> code == 503);
                assertThat(get(nodes.host(0), "/health/live").body()).contains("an event loop has stood still for ");
                await("others hear of it", () -> score(nodes.host(1)), score -> score <= 20);
            } finally {
                hangs.countDown();
            }
            await("it lives again", () -> get(nodes.host(0), "/health/live").statusCode(), code -> code == 200);
            await("others hear of that, too", () -> score(nodes.host(1)), score -> score >= 60);
        }
    }

    @Test
    void metricsShowLoopsPoolsAndTheMachine() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            assertThat(get(nodes.host(0), "/metrics").body())
                    .contains("kvorum_loop_lag_ms{loop=\"0\"} ")
                    .contains("kvorum_loop_lag_ms{loop=\"control\"} ")
                    .contains("kvorum_loop_pending_tasks{loop=\"0\"} ")
                    .contains("kvorum_node_score_percent ")
                    .contains("jvm_gc_")
                    .contains("vertx_pool_");
        }
    }

    @Test
    void statsFollowTheLoad() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            for (int i = 0; i < 200; i++) {
                Redis.call(nodes.host(0), "SET", "{hot}" + i, "v".repeat(100));
            }
            int slot = Slots.slotOf("hot".getBytes(StandardCharsets.US_ASCII));
            int hot = slot / (Slots.COUNT / nodes.document("it").shards());
            await(
                    "the hot shard is on top",
                    () -> get(nodes.host(0), "/admin/v1/stats").body(),
                    stats -> stats.contains("\"topShards\":[{\"shard\":" + hot + ",\"perSecond\":"));
            assertThat(get(nodes.host(0), "/admin/v1/stats").body())
                    .containsPattern("\"put\":\\{\"perSecond1s\":[0-9.]+,\"perSecond10s\":[0-9.]*[1-9]")
                    .containsPattern("\"p99Us\":[1-9]")
                    .containsPattern("\"written\":[1-9]")
                    .containsPattern("\"disk\":\\{\"volumeBytes\":[1-9]\\d+,\"usedBytes\":\\d+,\"freeBytes\":[1-9]");
        }
    }

    /** What is asked again and again. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static <T> void await(String what, Question<T> question, Predicate<T> wanted) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        T answer = question.ask();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError(what + ": after " + WAIT_SECONDS + " s it is " + answer);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            answer = question.ask();
        }
    }

    private int score(String host) throws IOException, InterruptedException {
        Matcher score = SCORE.matcher(get(host, "/admin/v1/members").body());
        return score.find() ? Integer.parseInt(score.group(1)) : -1;
    }

    private HttpResponse<String> get(String host, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + host + ":9600" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitEnd(CountDownLatch hangs) {
        try {
            hangs.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
