package dev.kvorum.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Three nodes of Kvorum on three loopback addresses, founded by one document, as the operator would do it. */
final class KvorumCluster {

    private static final int NODES = 3;
    private static final int RESP_PORT = 6379;
    private static final int ADMIN_PORT = 9600;
    private static final int START_SECONDS = 30;
    private static final int LOOK_MS = 50;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final OwnProcesses processes = new OwnProcesses("kvorum");

    private KvorumCluster() {}

    /**
     * Starts the cluster and waits until every node is ready.
     *
     * @param jar the server's runnable jar
     */
    static Servers start(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("no server to start at " + jar + ": build it first, or give --server");
        }
        KvorumCluster cluster = new KvorumCluster();
        try {
            cluster.startNodes(jar);
            cluster.found();
            return cluster.processes;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            String log = cluster.processes.pids().isEmpty() ? "" : cluster.processes.log(0);
            cluster.processes.close();
            throw new IllegalStateException("the cluster did not start: " + failed.getMessage() + "\n" + log, failed);
        }
    }

    private static String host(int node) {
        return "127.8.0." + (node + 1);
    }

    private void startNodes(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (int node = 0; node < NODES; node++) {
            ProcessBuilder builder = new ProcessBuilder(
                    java,
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:MaxDirectMemorySize=320m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-jar",
                    jar.toString());
            builder.environment().put("KVORUM_NAME", "bench-" + node);
            builder.environment().put("KVORUM_ZONE", "zone-" + node);
            builder.environment().put("KVORUM_BIND_HOST", host(node));
            builder.environment().put("KVORUM_ADVERTISE_HOST", host(node));
            builder.environment()
                    .put("KVORUM_DATA_DIR", processes.directory("node-" + node).toString());
            processes.start(builder, SocketAddress.inetSocketAddress(RESP_PORT, host(node)));
        }
    }

    private void found() throws IOException, InterruptedException {
        JsonArray nodes = new JsonArray();
        JsonArray voters = new JsonArray();
        for (int node = 0; node < NODES; node++) {
            JsonObject seen = awaitIdentity(node);
            JsonObject addresses = seen.getJsonObject("addresses");
            voters.add(seen.getString("id"));
            nodes.add(new JsonObject()
                    .put("id", seen.getString("id"))
                    .put("name", seen.getString("name"))
                    .put("zone", seen.getString("zone"))
                    .put("weight", 1)
                    .put("host", addresses.getString("host"))
                    .put("ports", ports(addresses)));
        }
        String document = document(nodes, voters).encode();
        for (int node = 0; node < NODES; node++) {
            HttpResponse<String> answer = http.send(
                    request(node, "/admin/v1/cluster")
                            .POST(HttpRequest.BodyPublishers.ofString(document))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("node " + node + " refused the founding document: " + answer.body());
            }
        }
        for (int node = 0; node < NODES; node++) {
            awaitReady(node);
        }
    }

    private static JsonObject ports(JsonObject addresses) {
        JsonObject ports = new JsonObject();
        for (String port : List.of("http", "resp", "peer", "membership", "admin")) {
            ports.put(port, addresses.getInteger(port));
        }
        return ports;
    }

    private static JsonObject document(JsonArray nodes, JsonArray voters) {
        JsonObject bucket = new JsonObject()
                .put("name", "default")
                .put("mode", "quorum")
                .put("conflict", "siblings")
                .put("read", "quorum")
                .put("write", "quorum")
                .put("sloppy", false);
        return new JsonObject()
                .put("clusterId", "bench")
                .put("generation", 1)
                .put("shards", 256)
                .put("factor", NODES)
                .put("read", "quorum")
                .put("write", "quorum")
                .put("durability", "fsync")
                .put("nodes", nodes)
                .put("voters", voters)
                .put("buckets", new JsonArray().add(bucket));
    }

    private JsonObject awaitIdentity(int node) throws IOException, InterruptedException {
        long deadlineNs = deadline();
        while (true) {
            HttpResponse<String> answer = tryGet(node, "/admin/v1/node");
            if (answer != null && answer.statusCode() == 200) {
                JsonObject seen = new JsonObject(answer.body());
                if ("empty".equals(seen.getString("state"))) {
                    return seen;
                }
            }
            pause(node, deadlineNs);
        }
    }

    private void awaitReady(int node) throws IOException, InterruptedException {
        long deadlineNs = deadline();
        while (true) {
            HttpResponse<String> answer = tryGet(node, "/health/ready");
            if (answer != null && answer.statusCode() == 200) {
                return;
            }
            pause(node, deadlineNs);
        }
    }

    private @org.jspecify.annotations.Nullable HttpResponse<String> tryGet(int node, String path)
            throws InterruptedException {
        try {
            return http.send(request(node, path).GET().build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
            return null;
        }
    }

    private void pause(int node, long deadlineNs) throws IOException, InterruptedException {
        if (!processes.isAlive(node) || System.nanoTime() > deadlineNs) {
            throw new IOException("node " + node + " is not there:\n" + processes.log(node));
        }
        Thread.sleep(LOOK_MS);
    }

    private static long deadline() {
        return System.nanoTime() + Duration.ofSeconds(START_SECONDS).toNanos();
    }

    private static HttpRequest.Builder request(int node, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host(node) + ":" + ADMIN_PORT + path))
                .timeout(Duration.ofSeconds(5));
    }
}
