package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
    Path directory;

    @Test
    void noTwoClientsAreGivenOneNumber() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            nodes.foundAll();
            List<Future<List<Integer>>> counted = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String host = nodes.host(client % 3);
                counted.add(threads.submit(() -> count(host)));
            }
            TreeSet<Integer> numbers = new TreeSet<>();
            for (Future<List<Integer>> each : counted) {
                numbers.addAll(each.get());
            }
            assertThat(numbers).hasSize(CLIENTS * TIMES);
            assertThat(numbers.last()).isEqualTo(CLIENTS * TIMES);
            assertThat(Redis.call(nodes.host(2), "GET", "counter")).endsWith("\r\n" + CLIENTS * TIMES + "\r\n");
        }
    }

    private static List<Integer> count(String host) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String reply = Redis.call(host, "INCR", "counter");
            assertThat(reply).startsWith(":");
            numbers.add(Integer.parseInt(reply.substring(1).strip()));
        }
        return numbers;
    }
}
