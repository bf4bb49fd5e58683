package dev.kvorum.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that knows all nodes, keeps connections, and tries a failed request once more on another node. */
final class RetryingClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration BACK_OFF = Duration.ofMillis(500);

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    /** For so long nothing is tried again on a node whose connection broke. */
    private static final Duration SHUNNED = Duration.ofSeconds(2);

    private final Supplier<List<String>> addresses;
    private volatile List<String> hosts;
    private final Map<String, ConcurrentLinkedDeque<RespClient>> idle = new ConcurrentHashMap<>();
    private final Map<String, Long> brokeNs = new ConcurrentHashMap<>();
    private final LongAdder retries = new LongAdder();

    /**
     * @param addresses of the nodes, asked for now and at each {@link #reconnect}: who comes back may have another
     */
    RetryingClient(Supplier<List<String>> addresses) {
        this.addresses = addresses;
        this.hosts = List.copyOf(addresses.get());
    }

    /**
     * What was answered.
     *
     * @param text null for a null reply
     * @param firstFailed whether an earlier try of the same request may still take effect
     */
    record Answer(@Nullable String text, boolean firstFailed) {}

    /**
     * Asks the node at this place, whatever became of earlier requests to it; if that fails, waits as long as the
     * refusals of a node say, and asks another one that says that the cluster works and whose connections did not break
     * just now.
     *
     * @throws IOException when both failed; the message has both reasons
     */
    Answer call(int node, String... words) throws IOException {
        List<String> known = hosts;
        String first = known.get(Math.floorMod(node, known.size()));
        try {
            return new Answer(once(first, words), false);
        } catch (IOException failed) {
            retries.increment();
            LockSupport.parkNanos(BACK_OFF.toNanos());
            String second = another(known, node);
            try {
                return new Answer(once(second, words), true);
            } catch (IOException again) {
                throw new IOException(
                        first + ": " + failed.getMessage() + "; then " + second + ": " + again.getMessage(), again);
            }
        }
    }

    private String another(List<String> known, int node) {
        for (int step = 1; step < known.size(); step++) {
            String host = known.get(Math.floorMod(node + step, known.size()));
            if (!isShunned(host) && works(host)) {
                return host;
            }
        }
        return known.get(Math.floorMod(node + 1, known.size()));
    }

    private boolean works(String host) {
        try (RespClient probe = new RespClient(host, PROBE_TIMEOUT)) {
            String info = probe.call("CLUSTER", "INFO");
            return info != null && info.contains("cluster_state:ok");
        } catch (IOException silent) {
            shun(host);
            return false;
        }
    }

    private void shun(String host) {
        brokeNs.put(host, System.nanoTime());
    }

    private boolean isShunned(String host) {
        Long sinceNs = brokeNs.get(host);
        return sinceNs != null && System.nanoTime() - sinceNs < SHUNNED.toNanos();
    }

    private @Nullable String once(String host, String... words) throws IOException {
        ConcurrentLinkedDeque<RespClient> pool = idle.computeIfAbsent(host, known -> new ConcurrentLinkedDeque<>());
        RespClient connection = null;
        try {
            RespClient pooled = pool.poll();
            connection = pooled != null ? pooled : new RespClient(host, TIMEOUT);
            String reply = connection.call(words);
            pool.push(connection);
            return reply;
        } catch (RespClient.ErrorReply refused) {
            pool.push(connection);
            throw refused;
        } catch (IOException broken) {
            shun(host);
            if (connection != null) {
                connection.close();
            }
            forget(pool);
            throw broken;
        }
    }

    /** The other connections to a node end with the process that one of them ended with. */
    private static void forget(ConcurrentLinkedDeque<RespClient> pool) throws IOException {
        for (RespClient old = pool.poll(); old != null; old = pool.poll()) {
            old.close();
        }
    }

    /** Asks where the nodes are now, over new connections: whoever listened at the end of the idle ones may be gone. */
    void reconnect() throws IOException {
        hosts = List.copyOf(addresses.get());
        forgetAll();
    }

    private void forgetAll() throws IOException {
        for (ConcurrentLinkedDeque<RespClient> pool : idle.values()) {
            forget(pool);
        }
    }

    long retries() {
        return retries.sum();
    }

    @Override
    public void close() throws IOException {
        forgetAll();
    }
}
