package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting on three whole nodes at once. */
class CountersIT {

    private static final int CLIENTS = 6;
    private static final int TIMES = 40;
    private static final int ROUNDS = 10;

    @TempDir
    Path directory;

    /** One home counts for all. Homes that change promise no more than a failover of Redis: such a round is void. */
    @Test
    void noTwoClientsOfOneHomeAreGivenOneNumber() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            nodes.foundAll();
            String counter = "counter-0";
            List<Integer> numbers = List.of();
            for (int round = 1; numbers.isEmpty(); round++) {
                assertThat(round).as("rounds without one calm one").isLessThanOrEqualTo(ROUNDS);
                nodes.awaitFirstHomes();
                long takeOvers = takeOvers(nodes);
                counter = "counter-" + round;
                List<Integer> counted = countOnAll(nodes, threads, counter);
                numbers = takeOvers(nodes) == takeOvers ? counted : List.of();
            }
            assertThat(new TreeSet<>(numbers)).hasSize(CLIENTS * TIMES).last().isEqualTo(CLIENTS * TIMES);
            assertThat(Redis.call(nodes.host(2), "GET", counter)).endsWith("\r\n" + CLIENTS * TIMES + "\r\n");
        }
    }

    private static List<Integer> countOnAll(LoopbackNodes nodes, ExecutorService threads, String counter)
            throws Exception {
        List<Future<List<Integer>>> counted = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String host = nodes.host(client % 3);
            counted.add(threads.submit(() -> count(host, counter)));
        }
        List<Integer> numbers = new ArrayList<>();
        for (Future<List<Integer>> each : counted) {
            numbers.addAll(each.get());
        }
        return numbers;
    }

    private static List<Integer> count(String host, String counter) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String reply = Redis.call(host, "INCR", counter);
            assertThat(reply).startsWith(":");
            numbers.add(Integer.parseInt(reply.substring(1).strip()));
        }
        return numbers;
    }

    private static long takeOvers(LoopbackNodes nodes) {
        long sum = 0;
        for (int node = 0; node < 3; node++) {
            for (Loop loop : nodes.server(node).process().loops()) {
                sum += loop.count(Event.TOOK_OVER);
            }
        }
        return sum;
    }
}
