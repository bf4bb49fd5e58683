package dev.kvorum.e2e;

import dev.kvorum.e2e.ground.Node;
import dev.kvorum.sim.check.WitnessChecker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of the authority that open sessions and declare buckets through every node, one after the other each, and
 * keep what they were told: each acknowledged command with its place in the log, each unknown one.
 */
final class CommandLoad implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int PAUSE_MS = 25;

    /** Of the 1,024 buckets that a cluster can have. */
    private static final int MOST_BUCKETS = 900;

    private static final int BUCKET_EVERY = 8;

    private final AdminClient admin;
    private final WitnessChecker witness = new WitnessChecker();
    private final TreeMap<Long, Long> sessionsByIndex = new TreeMap<>();
    private final Set<String> buckets = new TreeSet<>();
    private final Set<String> unknownBuckets = new TreeSet<>();
    private final List<String> surprises = new ArrayList<>();
    private final AtomicLong lastId = new AtomicLong();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private int unknownSessions;
    private int refused;
    private volatile List<Node> nodes;
    private volatile boolean ended;

    /**
     * @param nodes the cluster's, of which some may end meanwhile
     */
    CommandLoad(AdminClient admin, List<Node> nodes) {
        this.admin = admin;
        this.nodes = nodes;
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.execute(() -> run(number));
        }
    }

    private void run(int client) {
        for (int turn = client; !ended; turn++) {
            long id = lastId.incrementAndGet();
            boolean declares = id % BUCKET_EVERY == 0 && id / BUCKET_EVERY <= MOST_BUCKETS;
            List<Node> all = nodes;
            ask(id, all.get(turn % all.size()), declares ? "bucket-" + id : "");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
    }

    private void ask(long id, Node node, String bucket) {
        synchronized (this) {
            witness.onWrite(id, 0, nowUs());
        }
        try {
            AdminClient.Answer answer = bucket.isEmpty()
                    ? admin.post(node, "/admin/v1/operator/sessions", "{\"operator\":\"client-" + id + "\"}")
                    : admin.post(node, "/admin/v1/buckets", declaration(bucket));
            onAnswer(id, bucket, answer);
        } catch (IOException noAnswer) {
            onUnknown(bucket);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void onAnswer(long id, String bucket, AdminClient.Answer answer) {
        if (answer.status() == 200) {
            long index = answer.body().path("index").asLong();
            witness.onWritten(id, index, nowUs());
            if (bucket.isEmpty()) {
                sessionsByIndex.put(index, answer.body().path("session").asLong());
            } else {
                buckets.add(bucket);
            }
        } else if (answer.body().path("outcome").asText().equals("not_applied")) {
            witness.onFailed(id);
            refused++;
        } else if (answer.body().path("outcome").asText().equals("unknown")) {
            onUnknown(bucket);
        } else {
            surprises.add(answer.toString());
        }
    }

    private synchronized void onUnknown(String bucket) {
        if (bucket.isEmpty()) {
            unknownSessions++;
        } else {
            unknownBuckets.add(bucket);
        }
    }

    private static String declaration(String bucket) {
        return "{\"name\":\"" + bucket + "\",\"mode\":\"quorum\",\"conflict\":\"siblings\",\"read\":\"quorum\","
                + "\"write\":\"quorum\",\"sloppy\":false}";
    }

    private static long nowUs() {
        return System.nanoTime() / 1_000;
    }

    /** From now on these are asked. */
    void ask(List<Node> present) {
        nodes = present;
    }

    void stop() throws InterruptedException {
        ended = true;
        clients.shutdown();
        if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a client still waits for an answer");
        }
    }

    /** Acknowledged sessions by their place in the log. */
    synchronized SortedMap<Long, Long> sessions() {
        return new TreeMap<>(sessionsByIndex);
    }

    /** How many sessions may have been opened without anybody having been told. */
    synchronized int unknownSessions() {
        return unknownSessions;
    }

    synchronized Set<String> buckets() {
        return new TreeSet<>(buckets);
    }

    synchronized Set<String> unknownBuckets() {
        return new TreeSet<>(unknownBuckets);
    }

    synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    synchronized int refused() {
        return refused;
    }

    /** Judges the answers by their places in the log. */
    synchronized void judge() {
        witness.judge();
    }

    @Override
    public void close() {
        ended = true;
        clients.close();
    }
}
