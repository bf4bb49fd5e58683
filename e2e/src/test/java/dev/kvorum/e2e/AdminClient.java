package dev.kvorum.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks the admin doors of a cluster's nodes. For any number of threads. */
final class AdminClient implements AutoCloseable {

    private static final int PORT = 9600;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String token;

    /** What a door answered; {@code body} is an object, empty where the door sent none. */
    record Answer(int status, JsonNode body) {}

    AdminClient(Ground ground, String cluster) {
        String encoded = ground.kubectl("get", "secret", cluster + "-admin", "-o", "jsonpath={.data.token}")
                .mustSucceed()
                .out();
        this.token = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8).strip();
    }

    /**
     * Looks at a document of a node.
     *
     * @throws IOException when the node does not answer
     */
    Answer get(Node node, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(node, path)));
    }

    /**
     * Sends a JSON body.
     *
     * @throws IOException when no answer came
     */
    Answer post(Node node, String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(node, path)).POST(BodyPublishers.ofString(json)));
    }

    /** Whether the node says that it is ready. */
    boolean isReady(Node node) throws InterruptedException {
        try {
            return get(node, "/health/ready").status() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private static URI uri(Node node, String path) {
        return URI.create("http://" + node.address() + ":" + PORT + path);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(answer.statusCode(), Ground.json(answer.body().isEmpty() ? "{}" : answer.body()));
    }

    @Override
    public void close() {
        http.close();
    }
}
