package dev.kvorum.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A client that knows all nodes, keeps connections, and tries a failed request once more on another node. */
final class RetryingClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(300);
    private static final Duration BACK_OFF = Duration.ofMillis(250);

    private final List<String> hosts;
    private final Map<String, ConcurrentLinkedDeque<RespClient>> idle = new ConcurrentHashMap<>();
    private final LongAdder retries = new LongAdder();

    RetryingClient(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
        hosts.forEach(host -> idle.put(host, new ConcurrentLinkedDeque<>()));
    }

    /**
     * What was answered.
     *
     * @param text null for a null reply
     * @param firstFailed whether an earlier try of the same request may still take effect
     */
    record Answer(@Nullable String text, boolean firstFailed) {}

    /**
     * Asks the node at this place; if that fails, waits as long as the refusals of a node say, and asks another one that
     * answers a PING.
     *
     * @throws IOException when both failed; the message has both reasons
     */
    Answer call(int node, String... words) throws IOException {
        String first = hosts.get(Math.floorMod(node, hosts.size()));
        try {
            return new Answer(once(first, words), false);
        } catch (IOException failed) {
            retries.increment();
            LockSupport.parkNanos(BACK_OFF.toNanos());
            String second = another(node);
            try {
                return new Answer(once(second, words), true);
            } catch (IOException again) {
                throw new IOException(
                        first + ": " + failed.getMessage() + "; then " + second + ": " + again.getMessage(), again);
            }
        }
    }

    private String another(int node) {
        for (int step = 1; step < hosts.size(); step++) {
            String host = hosts.get(Math.floorMod(node + step, hosts.size()));
            if (answers(host)) {
                return host;
            }
        }
        return hosts.get(Math.floorMod(node + 1, hosts.size()));
    }

    private static boolean answers(String host) {
        try (RespClient probe = new RespClient(host, PROBE_TIMEOUT)) {
            return "PONG".equals(probe.call("PING"));
        } catch (IOException silent) {
            return false;
        }
    }

    private @Nullable String once(String host, String... words) throws IOException {
        ConcurrentLinkedDeque<RespClient> pool = idle.getOrDefault(host, new ConcurrentLinkedDeque<>());
        RespClient connection = pool.poll();
        if (connection == null) {
            connection = new RespClient(host, TIMEOUT);
        }
        try {
            String reply = connection.call(words);
            pool.push(connection);
            return reply;
        } catch (RespClient.ErrorReply refused) {
            pool.push(connection);
            throw refused;
        } catch (IOException broken) {
            connection.close();
            throw broken;
        }
    }

    long retries() {
        return retries.sum();
    }

    @Override
    public void close() throws IOException {
        for (ConcurrentLinkedDeque<RespClient> pool : idle.values()) {
            for (RespClient connection : pool) {
                connection.close();
            }
        }
    }
}
